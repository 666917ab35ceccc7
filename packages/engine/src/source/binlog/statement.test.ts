import { describe, expect, it } from 'vitest';
import { statementKind } from './statement.ts';

describe('statementKind', () => {
  it.each([
    ['BEGIN', 'begin'],
    ["XA START X'61',X'',1", 'begin'],
    ['COMMIT', 'commit'],
    ['ROLLBACK', 'commit'],
    ['SAVEPOINT `a`', 'inside'],
    ['ROLLBACK TO `a`', 'inside'],
    ["XA END X'61',X'',1", 'inside'],
    ["XA COMMIT X'61',X'',1", 'other'],
    ['alter table t add c int', 'ddl'],
    ['/* gh-ost */ RENAME TABLE a TO b', 'ddl'],
    ['SET STATEMENT max_statement_time=0 FOR CREATE TABLE t(a int)', 'ddl'],
    ['-- note\nDROP TABLE t', 'ddl'],
    ['TRUNCATE t', 'ddl'],
    ["GRANT SELECT ON *.* TO 'a'@'%'", 'other'],
    ['FLUSH PRIVILEGES', 'other'],
  ])('%s is %s', (sql, kind) => {
    expect(statementKind(sql)).toBe(kind);
  });
});
