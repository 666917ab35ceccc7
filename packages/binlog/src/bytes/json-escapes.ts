const BACKSLASH = 0x5c;
const HEX = Buffer.from('0123456789ABCDEF', 'latin1');

/** Per byte: 0 = stands for itself in a JSON string, 1 = `\u00XX`, else the letter behind the backslash. As Jackson escapes. */
export const ESCAPE = buildEscapeTable();

function buildEscapeTable(): Uint8Array {
  const table = new Uint8Array(256);
  table.fill(1, 0, 0x20);
  const letters: readonly (readonly [number, string])[] = [
    [0x08, 'b'],
    [0x09, 't'],
    [0x0a, 'n'],
    [0x0c, 'f'],
    [0x0d, 'r'],
    [0x22, '"'],
    [BACKSLASH, '\\'],
  ];
  for (const [byte, letter] of letters) table[byte] = letter.charCodeAt(0);
  return table;
}

/** Stores the escape of `byte` (whose {@link ESCAPE} is not 0) at `at` and returns the offset behind it; at most 6 bytes. */
export function putEscape(bytes: Uint8Array, at: number, byte: number): number {
  const code = ESCAPE[byte] as number;
  bytes[at] = BACKSLASH;
  if (code !== 1) {
    bytes[at + 1] = code;
    return at + 2;
  }
  bytes[at + 1] = 0x75;
  bytes[at + 2] = 48;
  bytes[at + 3] = 48;
  bytes[at + 4] = HEX[byte >> 4] as number;
  bytes[at + 5] = HEX[byte & 15] as number;
  return at + 6;
}
