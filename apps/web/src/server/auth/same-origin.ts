import { SealaneError } from '@sealane/errors/sealane-error';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A browser sends the session cookie with requests that another site causes; this refuses those that change
 * something. Browsers say where a request comes from in `Sec-Fetch-Site` and `Origin`. Throws `CROSS_ORIGIN`.
 */
export function assertSameOrigin(request: Request): void {
  if (READING.has(request.method)) return;
  const site = request.headers.get('sec-fetch-site');
  if (site === 'same-origin' || site === 'none') return;
  const origin = request.headers.get('origin');
  if (site === null && origin !== null && hostOf(origin) === requestHost(request)) return;
  throw new SealaneError({
    code: 'CROSS_ORIGIN',
    message: 'Another site caused this request; it was not carried out.',
    why: `Sec-Fetch-Site is ${site ?? 'absent'}, Origin is ${origin ?? 'absent'}.`,
    remedy: 'Use the console itself; programs send an API token instead of a cookie.',
  });
}

/**
 * The origins under which a browser may have reached us with this request: the host it asked for, whatever address
 * the server itself listens on, and either scheme, as a proxy in front may end TLS.
 */
export function ownOrigins(request: Request): string[] {
  const host = requestHost(request);
  return [`http://${host}`, `https://${host}`];
}

function requestHost(request: Request): string {
  return request.headers.get('x-forwarded-host') ?? request.headers.get('host') ?? new URL(request.url).host;
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
