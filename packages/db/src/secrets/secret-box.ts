import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { Keyring } from './keyring.ts';

/**
 * Seals secrets for Postgres with AES-256-GCM. `place` names the row and column (`source/<id>/password`) and is
 * authenticated with the text, so that a ciphertext copied to another row does not open there.
 */
export interface SecretBox {
  seal(secret: string, place: string): string;
  /** Throws `SECRET_UNREADABLE` when the key is missing, or the text was changed or belongs elsewhere. */
  open(sealed: string, place: string): string;
  /** True when it was sealed by a key that is no longer the first. */
  isStale(sealed: string): boolean;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Sealed form: `v1.<key id>.<base64url of nonce, ciphertext and tag>`. */
export function createSecretBox(keyring: Keyring): SecretBox {
  const [current] = keyring;
  const byId = new Map(keyring.map((entry) => [entry.id, entry.key]));
  return {
    seal(secret, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', current.key, nonce).setAAD(Buffer.from(place));
      const body = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `v1.${current.id}.${body.toString('base64url')}`;
    },
    open(sealed, place) {
      const [version, id, body] = sealed.split('.');
      const key = byId.get(id ?? '');
      if (version !== 'v1' || body === undefined) throw unreadable('The stored text is not a sealed secret.');
      if (key === undefined)
        throw unreadable(`The key "${id}" that sealed it is not in SEALANE_ENCRYPTION_KEY.`);
      return decrypt(Buffer.from(body, 'base64url'), key, place);
    },
    isStale: (sealed) => sealed.split('.')[1] !== current.id,
  };
}

function decrypt(bytes: Buffer, key: Buffer, place: string): string {
  if (bytes.length < NONCE_BYTES + TAG_BYTES) throw unreadable('The stored text is too short.');
  const tagAt = bytes.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(Buffer.from(place))
    .setAuthTag(bytes.subarray(tagAt));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, tagAt)), decipher.final()]).toString(
      'utf8',
    );
  } catch (error) {
    throw unreadable('The key is another one under the same id, or the stored text was changed.', error);
  }
}

function unreadable(why: string, cause?: unknown): SealaneError {
  return new SealaneError({
    code: 'SECRET_UNREADABLE',
    message: 'A stored secret cannot be decrypted.',
    why,
    remedy:
      'Start with the SEALANE_ENCRYPTION_KEY it was stored under (old keys stay in the list), or enter the secret again.',
    cause,
  });
}
