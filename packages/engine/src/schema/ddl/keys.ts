import type { DeclaredKey } from './ddl-statement.ts';
import type { TokenCursor } from './token-cursor.ts';

const INDEX_KINDS = ['FULLTEXT', 'SPATIAL', 'VECTOR'] as const;

/** A key that was read: null where it is one that identifies no row. */
export interface ParsedKey {
  readonly key: DeclaredKey | null;
  readonly guarded: boolean;
}

/**
 * Reads an index or constraint of CREATE TABLE or of ADD, up to the comma behind it. Undefined: what stands here is none.
 */
export function parseKey(cursor: TokenCursor): ParsedKey | undefined {
  const isConstraint = cursor.takeWord('CONSTRAINT') !== null;
  const guarded = isConstraint && cursor.takePhrase('IF NOT EXISTS');
  const name = isConstraint && !cursor.isWord('PRIMARY', 'UNIQUE', 'FOREIGN', 'CHECK') ? cursor.name() : null;
  if (cursor.takePhrase('PRIMARY KEY')) return parseColumnsOf(cursor, { kind: 'primary', name: null });
  if (cursor.takeWord('UNIQUE') !== null) {
    cursor.takeWord('INDEX', 'KEY');
    return parseColumnsOf(cursor, { kind: 'unique', name });
  }
  if (!isConstraint && !isPlainIndex(cursor)) return undefined;
  cursor.skipClause();
  return { key: null, guarded };
}

function isPlainIndex(cursor: TokenCursor): boolean {
  if (cursor.isWord('INDEX', 'KEY', 'FOREIGN')) return true;
  if (cursor.isWord('CHECK')) return cursor.peek(1).text === '(';
  if (cursor.isPhrase('PERIOD FOR')) return true;
  if (!cursor.isWord(...INDEX_KINDS)) return false;
  const after = cursor.peek(1);
  return after.upper === 'INDEX' || after.upper === 'KEY' || !cursor.isWord('VECTOR');
}

/** Reads `[IF NOT EXISTS] [name] [USING …] (columns) options`. */
export function parseColumnsOf(
  cursor: TokenCursor,
  declared: { kind: DeclaredKey['kind']; name: string | null },
): ParsedKey {
  const guarded = cursor.takePhrase('IF NOT EXISTS');
  let name = declared.name;
  if (!cursor.isSymbol('(') && !cursor.isWord('USING', 'TYPE')) name = cursor.name();
  if (cursor.takeWord('USING', 'TYPE') !== null) cursor.next();
  const columns = parseKeyColumns(cursor, declared.kind);
  cursor.skipClause();
  return { key: { kind: declared.kind, name: declared.kind === 'primary' ? null : name, columns }, guarded };
}

/** The columns of a key; null when it has a part that is no whole column (a prefix is good enough in a primary key). */
export function parseKeyColumns(cursor: TokenCursor, kind: DeclaredKey['kind']): readonly string[] | null {
  const parts = cursor.list(() => {
    if (cursor.isSymbol('(')) {
      cursor.skipGroup();
      cursor.takeWord('ASC', 'DESC');
      return null;
    }
    const name = cursor.name();
    const isPrefix = cursor.isSymbol('(');
    if (isPrefix) cursor.skipGroup();
    cursor.takeWord('ASC', 'DESC');
    const isPeriod = cursor.takePhrase('WITHOUT OVERLAPS');
    return isPeriod || (isPrefix && kind === 'unique') ? null : name;
  });
  return parts.every((part) => part !== null) ? parts : null;
}
