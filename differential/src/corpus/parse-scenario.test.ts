import { describe, expect, it } from 'vitest';
import { parseScenario } from './parse-scenario.ts';

describe('parseScenario', () => {
  it('reads title, servers, properties and both parts', () => {
    const scenario = parseScenario(
      'key-change',
      [
        '-- A key that changes.',
        '-- servers: mysql',
        '-- property: tombstones.on.delete=false',
        '-- property: message.key.columns=a.b:c=d',
        'create table t (',
        '  id int primary key);',
        "insert into t values (';');",
        '-- stream',
        'update t set id = 2;',
      ].join('\n'),
    );
    expect(scenario).toEqual({
      name: 'key-change',
      title: 'A key that changes.',
      servers: ['mysql'],
      properties: { 'tombstones.on.delete': 'false', 'message.key.columns': 'a.b:c=d' },
      before: ['create table t (\n  id int primary key)', "insert into t values (';')"],
      streamed: ['update t set id = 2'],
    });
  });

  it('runs on both servers unless told otherwise', () => {
    expect(parseScenario('x', '-- X\n-- stream\nselect 1;').servers).toEqual(['mariadb', 'mysql']);
  });

  it('refuses a script that streams nothing', () => {
    expect(() => parseScenario('x', '-- X\nselect 1;')).toThrow(/-- stream/);
  });
});
