import { pipelineConfigSchema } from '@sealane/contracts/pipeline-config';
import { describe, expect, it } from 'vitest';
import { otherSettings, settingsConfig, shownSetting } from './settings.ts';

describe('settings from the schema', () => {
  it('shows each field at its default, which typing back leaves out', () => {
    const shown = otherSettings.map(
      (field) => [field.name, shownSetting(field, field.defaultValue)] as const,
    );
    expect(settingsConfig(Object.fromEntries(shown))).toEqual({});
  });

  it('reads boxes, numbers, lines and rules', () => {
    const rule = { kind: 'mask', length: 3, columns: ['shop\\.users\\.email'] };
    const config = settingsConfig({
      includeQuery: true,
      heartbeatIntervalMs: ' 1000 ',
      binaryHandlingMode: 'hex',
      columnExcludeList: 'a\\.b\\.c\n\n d\\.e\\.f ',
      skippedOperations: '',
      columnRules: JSON.stringify(rule),
    });
    expect(config).toEqual({
      includeQuery: true,
      heartbeatIntervalMs: 1000,
      binaryHandlingMode: 'hex',
      columnExcludeList: ['a\\.b\\.c', 'd\\.e\\.f'],
      skippedOperations: [],
      columnRules: [rule],
    });
    expect(pipelineConfigSchema.safeParse({ topicPrefix: 'x', ...config }).success).toBe(true);
  });

  it('leaves what it cannot read to the schema, which names the field', () => {
    const result = pipelineConfigSchema.safeParse({
      topicPrefix: 'x',
      ...settingsConfig({ heartbeatIntervalMs: 'often', columnRules: '{' }),
    });
    expect(result.error?.issues.map(({ path }) => path[0])).toEqual(['columnRules', 'heartbeatIntervalMs']);
  });
});
