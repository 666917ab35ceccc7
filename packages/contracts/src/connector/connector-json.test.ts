import { describe, expect, it } from 'vitest';
import { parseConnectorJson } from './connector-json.ts';

describe('parseConnectorJson', () => {
  it.each([
    ['what is posted to Connect', { name: 'a', config: { 'tasks.max': 1, x: true, gone: null } }],
    [
      'what Connect answers',
      { name: 'a', config: { 'tasks.max': '1', x: 'true' }, tasks: [], type: 'source' },
    ],
    ['a bare configuration', { name: 'a', 'tasks.max': '1', x: 'true' }],
  ])('takes %s', (_what, json) => {
    expect(parseConnectorJson(JSON.stringify(json))).toEqual({ name: 'a', 'tasks.max': '1', x: 'true' });
  });

  it.each(['{"name":', '[]', '"x"', '{}', '{"a":{"b":1}}'])('says what is wrong with %s', (text) => {
    expect(() => parseConnectorJson(text)).toThrow(/^This is (not JSON|no connector)/);
  });
});
