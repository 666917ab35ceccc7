import { parseAlterTable, skipWait } from './alter-table.ts';
import { parseCreateTable } from './create-table.ts';
import type { CharsetOption, DdlStatement, TableName } from './ddl-statement.ts';
import { parseColumnsOf } from './keys.ts';
import { parseCharset } from './table-options.ts';
import { SyntaxRefusal, TokenCursor } from './token-cursor.ts';
import { LexicalError, type LexicalRules, tokenize } from './tokens.ts';

export interface DdlContext extends LexicalRules {
  /** Default database of the session; '' for none. */
  database: string;
}

/** A statement that was read. */
export interface ParsedDdl {
  readonly statement: DdlStatement;
  /** The statement without comments around it, `SET STATEMENT … FOR` and the semicolon: what Debezium shows as `ddl`. */
  readonly sql: string;
}

/** What MySQL writes behind the CREATE TABLE of a CREATE TABLE … SELECT. */
const ATOMIC_CREATE = /\s+START TRANSACTION$/i;
const IGNORED: DdlStatement = { kind: 'ignored' };

/**
 * Says what a statement does to which tables. Pure, and never throws: what is not understood is `refused`, what is about
 * something else is `ignored`. Grammar: the manuals of MySQL 9 and MariaDB 11, in one, since neither server accepts what
 * would mean something else to the other.
 */
export function parseDdl(sql: string, context: DdlContext): ParsedDdl {
  const tables: TableName[] = [];
  let bare = sql;
  try {
    const cursor = new TokenCursor(sql, tokenize(sql, context), context.database);
    if (cursor.takePhrase('SET STATEMENT'))
      while (!cursor.isAtEnd && cursor.takeWord('FOR') === null) cursor.skipOne();
    bare = cursor.restOfStatement().replace(ATOMIC_CREATE, '');
    const statement = parseStatement(cursor, { context, tables });
    if (statement.kind !== 'ignored' && !cursor.isAtEnd) cursor.refuse('the end');
    return { statement, sql: bare };
  } catch (thrown) {
    if (!(thrown instanceof SyntaxRefusal || thrown instanceof LexicalError)) throw thrown;
    return { statement: { kind: 'refused', reason: thrown.message, tables }, sql: bare };
  }
}

interface Parsing {
  readonly context: DdlContext;
  /** Tables that the statement is known to be about. */
  readonly tables: TableName[];
}

function parseStatement(cursor: TokenCursor, parsing: Parsing): DdlStatement {
  switch (cursor.takeWord('CREATE', 'ALTER', 'DROP', 'RENAME', 'TRUNCATE')) {
    case 'CREATE':
      return parseCreate(cursor, parsing);
    case 'ALTER':
      return parseAlter(cursor, parsing);
    case 'DROP':
      return parseDrop(cursor, parsing);
    case 'RENAME':
      return cursor.takeWord('TABLE', 'TABLES') === null ? IGNORED : parseRename(cursor, parsing);
    case 'TRUNCATE':
      return parseTruncate(cursor);
    default:
      return IGNORED;
  }
}

function parseCreate(cursor: TokenCursor, { tables }: Parsing): DdlStatement {
  const replaces = cursor.takePhrase('OR REPLACE');
  if (cursor.takeWord('TABLE') !== null) {
    return parseCreateTable(cursor, { replaces, onName: (name) => tables.push(name) });
  }
  if (cursor.takeWord('DATABASE', 'SCHEMA') !== null) {
    cursor.takePhrase('IF NOT EXISTS');
    const database = cursor.name();
    return { kind: 'create-database', database, charset: parseDatabaseOptions(cursor), replaces };
  }
  const kind = cursor.takeWord('UNIQUE', 'FULLTEXT', 'SPATIAL', 'VECTOR');
  if (cursor.takeWord('INDEX') === null) return IGNORED;
  return parseCreateIndex(cursor, kind === 'UNIQUE');
}

function parseCreateIndex(cursor: TokenCursor, isUnique: boolean): DdlStatement {
  const guarded = cursor.takePhrase('IF NOT EXISTS');
  const name = cursor.name();
  if (cursor.takeWord('USING', 'TYPE') !== null) cursor.next();
  cursor.expectWord('ON');
  const table = cursor.tableName();
  skipWait(cursor);
  const { key } = parseColumnsOf(cursor, { kind: 'unique', name });
  while (!cursor.isAtEnd) cursor.skipOne();
  return { kind: 'create-index', table, key: isUnique ? key : null, guarded };
}

function parseAlter(cursor: TokenCursor, { context, tables }: Parsing): DdlStatement {
  while (cursor.takeWord('ONLINE', 'OFFLINE', 'IGNORE') !== null);
  if (cursor.takeWord('TABLE') !== null) return parseAlterTable(cursor, (name) => tables.push(name));
  if (cursor.takeWord('DATABASE', 'SCHEMA') === null) return IGNORED;
  const isNamed =
    parseCharset(cursor.fork()) === undefined && !cursor.isWord('READ', 'ENCRYPTION', 'UPGRADE');
  const database = isNamed ? cursor.name() : context.database;
  return { kind: 'alter-database', database, charset: parseDatabaseOptions(cursor) };
}

function parseDatabaseOptions(cursor: TokenCursor): CharsetOption | null {
  let charset: CharsetOption | null = null;
  while (!cursor.isAtEnd) {
    const option = parseCharset(cursor);
    if (option === undefined) cursor.skipOne();
    else if (charset === null || charset === 'default') charset = option;
  }
  return charset;
}

function parseDrop(cursor: TokenCursor, { tables }: Parsing): DdlStatement {
  if (cursor.takeWord('DATABASE', 'SCHEMA') !== null) {
    cursor.takePhrase('IF EXISTS');
    return { kind: 'drop-database', database: cursor.name() };
  }
  if (cursor.takeWord('TABLE', 'TABLES') !== null) {
    const ifExists = cursor.takePhrase('IF EXISTS');
    do tables.push(cursor.tableName());
    while (cursor.takeSymbol(','));
    skipWait(cursor);
    const behaviour = cursor.takeWord('CASCADE', 'RESTRICT');
    return { kind: 'drop-tables', names: tables, ifExists, behaviour };
  }
  if (cursor.takeWord('INDEX') === null) return IGNORED;
  cursor.takePhrase('IF EXISTS');
  const name = cursor.name();
  cursor.expectWord('ON');
  const table = cursor.tableName();
  while (!cursor.isAtEnd) cursor.skipOne();
  return { kind: 'drop-index', table, name };
}

function parseRename(cursor: TokenCursor, { tables }: Parsing): DdlStatement {
  cursor.takePhrase('IF EXISTS');
  const renames: { from: TableName; to: TableName; sql: string }[] = [];
  do {
    const start = cursor.place;
    const from = cursor.tableName();
    skipWait(cursor);
    cursor.expectWord('TO');
    const to = cursor.tableName();
    tables.push(from, to);
    renames.push({ from, to, sql: cursor.textSince(start) });
  } while (cursor.takeSymbol(','));
  return { kind: 'rename-tables', renames };
}

function parseTruncate(cursor: TokenCursor): DdlStatement {
  cursor.takeWord('TABLE');
  const name = cursor.tableName();
  skipWait(cursor);
  return { kind: 'truncate', name };
}
