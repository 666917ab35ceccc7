import type { ColumnDefinition } from '../../change/table-definition.ts';
import type { TokenCursor } from './token-cursor.ts';

/** What Debezium shows for a default that is the time of the insert. */
const NOW_SHOWN = '1970-01-01 00:00:00';
const NOW = ['CURRENT_TIMESTAMP', 'NOW', 'LOCALTIME', 'LOCALTIMESTAMP'] as const;
const COMPUTED = { expression: null };

/** Reads what follows DEFAULT. A literal is kept as written, without its quotes; anything computed is null. */
export function parseDefaultValue(cursor: TokenCursor): ColumnDefinition['defaultValue'] {
  const start = cursor.place;
  if (cursor.token.kind === 'text') {
    const text = cursor.rawString();
    // Neighbouring literals are one.
    while (cursor.token.kind === 'text') cursor.next();
    return { expression: text };
  }
  if (cursor.isSymbol('(')) {
    cursor.skipGroup();
    return COMPUTED;
  }
  if (cursor.takeSymbol('-') || cursor.takeSymbol('+')) {
    cursor.next();
    return { expression: cursor.textSince(start) };
  }
  if (cursor.token.kind === 'number') {
    const number = cursor.next().text;
    return number.startsWith('0x') ? COMPUTED : { expression: number };
  }
  return parseNamedDefault(cursor);
}

function parseNamedDefault(cursor: TokenCursor): ColumnDefinition['defaultValue'] {
  if (cursor.takeWord('NULL') !== null) return COMPUTED;
  if (cursor.isWord('TRUE', 'FALSE')) return { expression: cursor.next().text };
  if (cursor.takeWord(...NOW) !== null) {
    if (cursor.isSymbol('(')) cursor.skipGroup();
    return { expression: NOW_SHOWN };
  }
  if (cursor.takePhrase('NEXT VALUE FOR')) {
    cursor.tableName();
    return COMPUTED;
  }
  const prefixed = parsePrefixedLiteral(cursor);
  if (prefixed !== null) return prefixed;
  cursor.name();
  while (cursor.takeSymbol('.')) cursor.name();
  if (cursor.isSymbol('(')) cursor.skipGroup();
  return COMPUTED;
}

/** `b'101'`, `X'41'`, `N'x'`, `_utf8mb4'x'`. */
function parsePrefixedLiteral(cursor: TokenCursor): ColumnDefinition['defaultValue'] {
  const start = cursor.place;
  const { upper } = cursor.token;
  if (cursor.peek(1).kind !== 'text' || !/^(?:[BXN]|_\w+)$/.test(upper)) return null;
  cursor.next();
  const inner = cursor.rawString();
  if (upper === 'B') return { expression: inner };
  return upper === 'X' ? COMPUTED : { expression: cursor.textSince(start) };
}
