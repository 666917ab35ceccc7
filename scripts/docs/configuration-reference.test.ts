import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { configurationReference } from './configuration-reference.ts';

it('docs/configuration.md is what the schema says (npm run docs writes it)', () => {
  expect(readFileSync('docs/configuration.md', 'utf8')).toBe(configurationReference());
});
