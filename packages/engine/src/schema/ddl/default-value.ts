import type { ColumnDefinition } from '../../change/table-definition.ts';
import type { TokenCursor } from './token-cursor.ts';

/** What Debezium shows for a default that is the time of the insert. */
const NOW_SHOWN = '1970-01-01 00:00:00';
const NOW = ['CURRENT_TIMESTAMP', 'NOW', 'LOCALTIME', 'LOCALTIMESTAMP'] as const;
type DefaultValue = NonNullable<ColumnDefinition['defaultValue']>;

const COMPUTED: DefaultValue = { expression: null };
const NOW_DEFAULT: DefaultValue = { expression: NOW_SHOWN };

/** Reads what follows DEFAULT. A literal is kept as written, without its quotes; anything computed is null, with its SQL beside it. */
export function parseDefaultValue(cursor: TokenCursor): ColumnDefinition['defaultValue'] {
  const start = cursor.place;
  const isNull = cursor.isWord('NULL');
  const value = parseValue(cursor, start);
  const isComputed = value === COMPUTED || value === NOW_DEFAULT;
  return isComputed && !isNull ? { ...value, sql: cursor.textSince(start) } : value;
}

function parseValue(cursor: TokenCursor, start: number): DefaultValue {
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

function parseNamedDefault(cursor: TokenCursor): DefaultValue {
  if (cursor.takeWord('NULL') !== null) return COMPUTED;
  if (cursor.isWord('TRUE', 'FALSE')) return { expression: cursor.next().text };
  if (cursor.takeWord(...NOW) !== null) {
    if (cursor.isSymbol('(')) cursor.skipGroup();
    return NOW_DEFAULT;
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
function parsePrefixedLiteral(cursor: TokenCursor): DefaultValue | null {
  const start = cursor.place;
  const { upper } = cursor.token;
  if (cursor.peek(1).kind !== 'text' || !/^(?:[BXN]|_\w+)$/.test(upper)) return null;
  cursor.next();
  const inner = cursor.rawString();
  if (upper === 'B') return { expression: inner };
  return upper === 'X' ? COMPUTED : { expression: cursor.textSince(start) };
}
