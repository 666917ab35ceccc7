import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SignInLink {
  /** Opening it signs the browser in and goes on to the console. */
  url: string;
  close(): Promise<void>;
}

/**
 * A loopback page with an unguessable path that signs in through the console's own sign-in and hands the session
 * cookie to the browser. It works because cookies belong to a host, not to a port; the console has no back door.
 */
export async function openSignInLink(options: {
  consoleUrl: string;
  email: string;
  password: string;
  target: string;
}): Promise<SignInLink> {
  const path = `/${randomBytes(12).toString('base64url')}`;
  const server = createServer((request, response) => {
    if (request.url !== path) {
      response.writeHead(404).end();
      return;
    }
    signIn(options).then(
      (cookies) =>
        response
          .writeHead(302, { location: `${options.consoleUrl}${options.target}`, 'set-cookie': cookies })
          .end(),
      (error: unknown) => response.writeHead(502, { 'content-type': 'text/plain' }).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${path}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function signIn(options: { consoleUrl: string; email: string; password: string }): Promise<string[]> {
  const response = await fetch(`${options.consoleUrl}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: options.consoleUrl },
    body: JSON.stringify({ email: options.email, password: options.password }),
  });
  if (!response.ok) throw new Error(`Sign-in answered ${response.status}: ${await response.text()}`);
  return response.headers.getSetCookie();
}
