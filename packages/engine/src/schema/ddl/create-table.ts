import { parseColumn } from './column.ts';
import type {
  DdlStatement,
  DeclaredColumn,
  DeclaredKey,
  TableBody,
  TableName,
  TableOptions,
} from './ddl-statement.ts';
import { parseKey } from './keys.ts';
import { parseTableOption } from './table-options.ts';
import type { TokenCursor } from './token-cursor.ts';

/** Reads what follows CREATE [OR REPLACE] TABLE. `onName` is told the table as soon as it is known. */
export function parseCreateTable(
  cursor: TokenCursor,
  { replaces, onName }: { replaces: boolean; onName: (name: TableName) => void },
): DdlStatement {
  const unlessExists = cursor.takePhrase('IF NOT EXISTS');
  const name = cursor.tableName();
  onName(name);
  const like = parseLike(cursor);
  if (like !== null) return { kind: 'create-table-like', name, like, unlessExists, replaces };
  if (!cursor.isSymbol('(')) return cursor.refuse('the columns of the table');
  return { kind: 'create-table', name, body: parseBody(cursor), unlessExists, replaces };
}

function parseLike(cursor: TokenCursor): TableName | null {
  if (cursor.takeWord('LIKE') !== null) return cursor.tableName();
  if (!cursor.isSymbol('(') || cursor.peek(1).upper !== 'LIKE') return null;
  cursor.next();
  cursor.next();
  const like = cursor.tableName();
  cursor.expectSymbol(')');
  return like;
}

function parseBody(cursor: TokenCursor): TableBody {
  const columns: DeclaredColumn[] = [];
  const keys: DeclaredKey[] = [];
  cursor.list(() => parseElement(cursor, { columns, keys }));
  const options: TableOptions = {};
  let versioned = columns.some((column) => column.versioned);
  while (!cursor.isAtEnd) {
    if (cursor.takeSymbol(',')) continue;
    if (cursor.isWord('PARTITION')) skipPartitions(cursor);
    else if (cursor.takePhrase('WITH SYSTEM VERSIONING')) versioned = true;
    else if (!parseTableOption(cursor, options)) cursor.refuse('an option of the table');
  }
  return { columns, keys, options: versioned ? { ...options, versioned } : options };
}

/** Partitions end the statement, but for a SELECT, whose columns the statement does not tell. */
function skipPartitions(cursor: TokenCursor): void {
  while (!cursor.isAtEnd) {
    if (cursor.isWord('SELECT')) cursor.refuse('the end');
    cursor.skipOne();
  }
}

/** A column or key between the parentheses of CREATE TABLE or ADD (…). */
export function parseElement(
  cursor: TokenCursor,
  { columns, keys }: { columns: DeclaredColumn[]; keys: DeclaredKey[] },
): void {
  const parsed = parseKey(cursor);
  if (parsed === undefined) columns.push(parseColumn(cursor.name(), cursor));
  else if (parsed.key !== null) keys.push(parsed.key);
}
