import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy } from './server/http/content-security-policy.ts';

/** Gives each page its own nonce: only the scripts that Next wrote into it, and files of ours, may run. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

/** Pages only: the APIs answer with data, and built files need no policy. */
export const config = {
  matcher: [{ source: '/((?!api/|connect/|connect$|_next/static|_next/image|icon.svg).*)' }],
};
