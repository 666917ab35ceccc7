import { roleSchema } from '@sealane/contracts/api/account';
import { findTokenByText } from '@sealane/db/repositories/tokens';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { Services } from '../services.ts';
import type { Actor } from './actor.ts';
import type { BasicCredentials } from './basic-credentials.ts';
import { assertSameOrigin } from './same-origin.ts';

/**
 * Who sends a request: by bearer token when it has one, else by session cookie. Throws `UNAUTHENTICATED`, and
 * `CROSS_ORIGIN` for a changing request with a cookie that another site caused.
 */
export async function authenticate({ auth, database }: Services, request: Request): Promise<Actor> {
  const authorization = request.headers.get('authorization');
  if (authorization !== null) {
    const text = /^Bearer +(\S+)$/i.exec(authorization.trim())?.[1];
    const token = text === undefined ? null : await findTokenByText(database, text);
    if (token === null) throw unauthenticated('The API token is unknown, revoked or expired.');
    return { kind: 'token', id: token.id, name: token.name, email: null, role: token.role };
  }
  const session = await auth.api.getSession({ headers: request.headers });
  if (session === null) throw unauthenticated('There is no session, or it has expired.');
  assertSameOrigin(request);
  const { id, name, email, role } = session.user;
  return { kind: 'user', id, name, email, role: roleSchema.parse(role) };
}

/**
 * The same with HTTP basic credentials beside bearer tokens and cookies. A browser repeats basic credentials for
 * requests that another site causes, as it does cookies.
 */
export async function authenticateBasicToo(
  services: Services,
  credentials: BasicCredentials,
  request: Request,
): Promise<Actor> {
  const authorization = request.headers.get('authorization');
  if (authorization === null || !/^Basic /i.test(authorization.trim()))
    return authenticate(services, request);
  if (request.headers.has('sec-fetch-site')) assertSameOrigin(request);
  const actor = await credentials.authenticate(authorization);
  if (actor === null) throw unauthenticated('User name and password, or API token, are not known.');
  return actor;
}

function unauthenticated(why: string): SealaneError {
  return new SealaneError({
    code: 'UNAUTHENTICATED',
    message: 'Sign in to do this.',
    why,
    remedy: 'Sign in in the browser, or send "Authorization: Bearer <API token>".',
  });
}
