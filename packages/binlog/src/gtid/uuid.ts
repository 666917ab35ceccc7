let lastBytes = Buffer.alloc(16);
let lastText = '00000000-0000-0000-0000-000000000000';

/** The text of a 16-byte UUID; the last one is remembered, since a server's stream repeats its own for every transaction. */
export function formatUuid(bytes: Buffer): string {
  if (bytes.equals(lastBytes)) return lastText;
  const hex = bytes.toString('hex');
  lastBytes = Buffer.from(bytes);
  lastText = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return lastText;
}
