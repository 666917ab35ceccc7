import type { QueryEvent } from '@sealane/binlog/events/parse-query';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { CaptureFilter } from '../../change/capture-filter.ts';
import { bareStatement } from './statement.ts';

/** Rows that a statement changed and that the binlog does not hold, because it holds the statement in their place. */
export interface StatementRows {
  /** `UPDATE`, `CREATE TABLE … SELECT`. */
  readonly verb: string;
  /** `shop.orders`, or of which database when the statement does not name one table. */
  readonly of: string;
}

type Statement = Pick<QueryEvent, 'sql' | 'database'>;
type Filter = Pick<CaptureFilter, 'database' | 'table'>;

const NAME = '(?:`(?:[^`]|``)+`|"(?:[^"]|"")+"|[\\w$\\u0080-\\uffff]+)';
const TABLE = `(${NAME})(?:\\s*\\.\\s*(${NAME}))?`;
const MODIFIERS = '(?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|QUICK|IGNORE)\\s+)*';
const ALIAS = `(?:\\s+(?:AS\\s+)?(?!(?:SET|WHERE|USING|JOIN|ORDER|LIMIT|RETURNING)\\b)${NAME})?`;

/** Statements whose one table their head names. The others may change several. */
const ONE_TABLE = [
  `^(?:INSERT|REPLACE)\\s+${MODIFIERS}(?:INTO\\s+)?${TABLE}`,
  `^UPDATE\\s+${MODIFIERS}${TABLE}${ALIAS}\\s+SET\\b`,
  `^DELETE\\s+${MODIFIERS}FROM\\s+${TABLE}${ALIAS}\\s*(?:$|;|(?:WHERE|ORDER|LIMIT|RETURNING)\\b)`,
  `^LOAD\\s+(?:DATA|XML)\\b(?:'(?:[^'\\\\]|\\\\.|'')*'|[^'])*?\\bINTO\\s+TABLE\\s+${TABLE}`,
  `^CREATE\\s+(?:OR\\s+REPLACE\\s+)?TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?${TABLE}`,
].map((source) => new RegExp(source, 'i'));

const CHANGES_ROWS = /^(INSERT|REPLACE|UPDATE|DELETE|LOAD\s+(?:DATA|XML)|WITH|SELECT)\b/i;
const CREATES_TABLE = /^CREATE\s+(?:OR\s+REPLACE\s+)?TABLE\b/i;
const QUOTED = /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`(?:[^`]|``)*`|\/\*(?!M?!)[\s\S]*?\*\//g;

/**
 * What a statement of the binlog changed of captured tables; null for nothing. While `binlog_format` is ROW no statement changes rows, and a
 * table that is created from a SELECT is logged without it.
 */
export function statementRows(statement: Statement, filter: Filter): StatementRows | null {
  const sql = bareStatement(statement.sql);
  const verb = changingVerb(sql);
  if (verb === null) return null;
  const named = ONE_TABLE.map((pattern) => pattern.exec(sql)).find((match) => match !== null);
  if (named !== undefined && named !== null) {
    const { database, table } = tableName(named, statement.database);
    return filter.table(database, table) ? { verb, of: `${database}.${table}` } : null;
  }
  return concernsCaptured(sql, { verb, database: statement.database, filter })
    ? { verb, of: `database ${statement.database}` }
    : null;
}

function changingVerb(sql: string): string | null {
  const verb = CHANGES_ROWS.exec(sql)?.[1];
  if (verb !== undefined) return verb.toUpperCase().replace(/\s+/g, ' ');
  if (!CREATES_TABLE.test(sql) || !/\bSELECT\b/i.test(sql.replace(QUOTED, ''))) return null;
  return 'CREATE TABLE … SELECT';
}

function tableName(match: RegExpExecArray, current: string): { database: string; table: string } {
  const [, first = '', second] = match;
  return second === undefined
    ? { database: current, table: unquoted(first) }
    : { database: unquoted(first), table: unquoted(second) };
}

/** A SELECT is only logged for the function that it calls, whose tables it does not name. */
function concernsCaptured(
  sql: string,
  { verb, database, filter }: { verb: string; database: string; filter: Filter },
): boolean {
  if (verb === 'SELECT') return filter.database(database);
  const names = sql.replace(/'(?:[^'\\]|\\.|'')*'/g, '').matchAll(new RegExp(TABLE, 'g'));
  for (const name of names) {
    const { database: of, table } = tableName(name, database);
    if (filter.table(of, table)) return true;
  }
  return false;
}

function unquoted(name: string): string {
  const quote = name[0];
  if (quote !== '`' && quote !== '"') return name;
  return name.slice(1, -1).replaceAll(quote + quote, quote);
}

/** The error for them. The statement itself may hold secrets of a row and is not shown. */
export function statementRowsError(
  { verb, of }: StatementRows,
  { file, position, threadId }: { file: string; position: number; threadId: number },
): SealaneError {
  return new SealaneError({
    code: 'BINLOG_STATEMENT_WITHOUT_ROWS',
    message: `Rows of ${of} were changed and are not in the binlog.`,
    why:
      `The ${verb} at ${file}:${position} was logged as a statement: connection ${threadId} of the source, or the whole server, ran with ` +
      'binlog_format STATEMENT or MIXED.',
    remedy:
      "SET GLOBAL binlog_format = 'ROW'; and the same line in my.cnf; find the application that sets it for its session and reconnect it. Then reset " +
      'the stored offset to take a new snapshot. To go on without those rows: set event.processing.failure.handling.mode to warn.',
    details: { file, position, threadId },
  });
}
