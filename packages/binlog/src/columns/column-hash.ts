import { createHash } from 'node:crypto';

export interface ColumnHashOptions {
  readonly version: 'v1' | 'v2';
  /** As Java names it: `SHA-256`, `MD5`, `SHA-512/256`, `SHA3-256`. */
  readonly algorithm: string;
  readonly salt: string;
}

/** Java's name of a digest as OpenSSL knows it. */
function digestName(algorithm: string): string {
  const name = algorithm.toLowerCase();
  if (name === 'sha') return 'sha1';
  return name.startsWith('sha3-') ? name : name.replace(/^sha-/, 'sha').replace('/', '-');
}

/** Lower-case hexadecimal digest of salt and text, as Debezium's `MaskStrings` makes it. */
export function columnHash({ version, algorithm, salt }: ColumnHashOptions): (text: string) => string {
  const name = digestName(algorithm);
  const bytesOf = version === 'v1' ? javaSerialized : (text: string) => Buffer.from(text, 'utf8');
  return (text) => createHash(name).update(salt, 'utf8').update(bytesOf(text)).digest('hex');
}

const STREAM_HEADER = Buffer.from([0xac, 0xed, 0x00, 0x05]);
const TC_STRING = 0x74;
const TC_LONGSTRING = 0x7c;

/** What `ObjectOutputStream.writeObject` makes of a String (Java Object Serialization Specification, 6.4.2). */
function javaSerialized(text: string): Buffer {
  const bytes = modifiedUtf8(text);
  const isLong = bytes.length > 0xffff;
  const prefix = Buffer.alloc(isLong ? 9 : 3);
  prefix[0] = isLong ? TC_LONGSTRING : TC_STRING;
  if (isLong) prefix.writeBigUInt64BE(BigInt(bytes.length), 1);
  else prefix.writeUInt16BE(bytes.length, 1);
  return Buffer.concat([STREAM_HEADER, prefix, bytes]);
}

/** Java's own UTF-8: U+0000 in two bytes, and each half of a surrogate pair in three (`java.io.DataInput`). */
function modifiedUtf8(text: string): Buffer {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit !== 0 && unit < 0x80) bytes.push(unit);
    else if (unit < 0x800) bytes.push(0xc0 | (unit >> 6), 0x80 | (unit & 0x3f));
    else bytes.push(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f));
  }
  return Buffer.from(bytes);
}
