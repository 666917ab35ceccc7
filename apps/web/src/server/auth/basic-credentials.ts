import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Database } from '@sealane/db/database';
import { findTokenByText } from '@sealane/db/repositories/tokens';
import { findUserCredential } from '@sealane/db/repositories/users';
import { SealaneError } from '@sealane/errors/sealane-error';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import type { Actor } from './actor.ts';

/** Knows who sends HTTP basic credentials. */
export interface BasicCredentials {
  /**
   * The actor of `Basic <base64>`: a person by e-mail address and password, or whoever holds an API token, which stands
   * as the password of any user name. Null when it is nobody. Throws `TOO_MANY_ATTEMPTS`.
   */
  authenticate(authorization: string): Promise<Actor | null>;
}

const REMEMBER_MS = 60_000;
const MOST_REMEMBERED = 1000;
const WINDOW_MS = 60_000;
const FAILURES_PER_WINDOW = 10;

interface Remembered {
  digest: Buffer;
  passwordHash: string;
  until: number;
}

/**
 * Programs send their password with every request, and checking it is slow on purpose; so a right one is remembered for
 * a minute, as a digest under a key of this process, and only as long as the stored hash is the same.
 */
export function createBasicCredentials(database: Database): BasicCredentials {
  const key = randomBytes(32);
  const remembered = new Map<string, Remembered>();
  const failures = new Map<string, { count: number; until: number }>();

  async function check(email: string, password: string): Promise<Actor | null> {
    const user = await findUserCredential(database, email);
    if (user === null) {
      // As slow as for someone who exists, so that the time does not tell who does.
      await hashPassword(password);
      return null;
    }
    const { id, name, role, passwordHash } = user;
    const actor: Actor = { kind: 'user', id, name, email: user.email, role };
    const digest = createHmac('sha256', key).update(password).digest();
    const known = remembered.get(id);
    const isKnown = known !== undefined && known.until > Date.now() && known.passwordHash === passwordHash;
    if (isKnown && timingSafeEqual(known.digest, digest)) return actor;
    if (!(await verifyPassword({ hash: passwordHash, password }))) return null;
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(id, { digest, passwordHash, until: Date.now() + REMEMBER_MS });
    return actor;
  }

  function countFailure(email: string): void {
    if (failures.size >= MOST_REMEMBERED) failures.clear();
    const now = Date.now();
    const running = failures.get(email);
    if (running === undefined || running.until <= now)
      failures.set(email, { count: 1, until: now + WINDOW_MS });
    else running.count += 1;
  }

  return {
    async authenticate(authorization) {
      const credentials = decode(authorization);
      if (credentials === null) return null;
      const { user, password } = credentials;
      const token = await findTokenByText(database, password);
      if (token !== null)
        return { kind: 'token', id: token.id, name: token.name, email: null, role: token.role };
      const email = user.toLowerCase();
      const running = failures.get(email);
      if (running !== undefined && running.until > Date.now() && running.count >= FAILURES_PER_WINDOW)
        throw tooManyAttempts();
      const actor = await check(email, password);
      if (actor === null) countFailure(email);
      return actor;
    },
  };
}

function decode(authorization: string): { user: string; password: string } | null {
  const encoded = /^Basic +([A-Za-z0-9+/=_-]+)$/i.exec(authorization.trim())?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

function tooManyAttempts(): SealaneError {
  return new SealaneError({
    code: 'TOO_MANY_ATTEMPTS',
    message: 'Too many wrong passwords for this e-mail address.',
    remedy: 'Wait a minute, or use an API token.',
    retriable: true,
  });
}
