import { SealaneError } from '@sealane/errors/sealane-error';

/** A 32-byte AES key and the name under which ciphertexts refer to it. */
export interface EncryptionKey {
  id: string;
  key: Buffer;
}

/** Keys by age: the first seals, all open. */
export type Keyring = readonly [EncryptionKey, ...EncryptionKey[]];

const KEY_BYTES = 32;

/**
 * Reads `SEALANE_ENCRYPTION_KEY`: 32 bytes as base64 or 64 hex digits, or several as `id:key` pairs with commas
 * between (the first seals, the rest only open what they once sealed). Throws `ENCRYPTION_KEY_INVALID`.
 */
export function parseKeyring(text: string): Keyring {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const keys = entries.map(parseEntry);
  const [first, ...rest] = keys;
  if (first === undefined) throw invalid('It is empty.');
  if (new Set(keys.map((key) => key.id)).size !== keys.length) {
    throw invalid(
      keys.length > 1 ? 'Two keys have the same id: write id:key,id:key.' : 'A key id occurs twice.',
    );
  }
  return [first, ...rest];
}

function parseEntry(entry: string): EncryptionKey {
  const colon = entry.indexOf(':');
  const id = colon < 0 ? 'k1' : entry.slice(0, colon);
  const text = colon < 0 ? entry : entry.slice(colon + 1);
  if (!/^[A-Za-z0-9_-]{1,32}$/.test(id)) throw invalid('A key id holds letters, digits, _ and - only.');
  const key = /^[0-9a-fA-F]{64}$/.test(text) ? Buffer.from(text, 'hex') : decodeBase64(text);
  if (key.length !== KEY_BYTES) throw invalid(`A key has ${key.length} bytes.`);
  return { id, key };
}

function decodeBase64(text: string): Buffer {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) throw invalid('A key is neither base64 nor hexadecimal.');
  return Buffer.from(text, 'base64');
}

function invalid(why: string): SealaneError {
  return new SealaneError({
    code: 'ENCRYPTION_KEY_INVALID',
    message: 'SEALANE_ENCRYPTION_KEY is not a key of 32 bytes.',
    why,
    remedy: 'Make one with: openssl rand -base64 32',
  });
}
