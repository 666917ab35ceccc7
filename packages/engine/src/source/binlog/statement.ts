/** What a QUERY event's statement means for the stream. */
export type StatementKind = 'begin' | 'commit' | 'inside' | 'ddl' | 'other';

const LEADING_NOISE = /^(?:\s+|\/\*(?!M?!)[\s\S]*?\*\/|--[^\n]*\n|#[^\n]*\n)+/;
const STATEMENT_PREFIX = /^SET\s+STATEMENT\s+[\s\S]*?\s+FOR\s+/i;
/** Also inside an executable comment. */
const DDL = /^(?:\/\*M?!\d*\s*)?(?:ALTER|CREATE|DROP|RENAME|TRUNCATE)\b/i;

/** Strips leading comments and MariaDB's `SET STATEMENT … FOR`. */
export function bareStatement(sql: string): string {
  return sql.replace(LEADING_NOISE, '').replace(STATEMENT_PREFIX, '');
}

/** Classifies a statement; `SAVEPOINT` and `XA END` stand inside a transaction and change nothing. */
export function statementKind(sql: string): StatementKind {
  if (sql === 'BEGIN') return 'begin';
  if (sql === 'COMMIT' || sql === 'ROLLBACK') return 'commit';
  const text = bareStatement(sql);
  if (DDL.test(text)) return 'ddl';
  const head = text.slice(0, 24).toUpperCase();
  if (head.startsWith('BEGIN') || head.startsWith('XA START') || head.startsWith('XA BEGIN')) return 'begin';
  if (/^(?:COMMIT|ROLLBACK)(?!\s+TO\b)\b/.test(head)) return 'commit';
  if (/^(?:SAVEPOINT|XA END|ROLLBACK TO|RELEASE)\b/.test(head)) return 'inside';
  return 'other';
}
