import { hkdfSync } from 'node:crypto';

/** The key that signs session cookies, derived from the encryption key, so that one secret is enough to run. */
export function deriveAuthSecret(encryptionKey: string): string {
  return Buffer.from(hkdfSync('sha256', encryptionKey, '', 'sealane session cookies', 32)).toString(
    'base64url',
  );
}
