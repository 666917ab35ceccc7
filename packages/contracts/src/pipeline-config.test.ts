import { describe, expect, it } from 'vitest';
import { pipelineConfigSchema } from './pipeline-config.ts';

describe('pipelineConfigSchema', () => {
  it('takes its own defaults: a stored configuration is read with the schema that made it', () => {
    const stored = pipelineConfigSchema.parse({ topicPrefix: 'shop' });
    expect(pipelineConfigSchema.parse(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
  });
});
