import { describe, expect, it } from 'vitest';
import { assertSameOrigin, ownOrigins } from './same-origin.ts';

const request = (method: string, headers: Record<string, string>) =>
  new Request('http://console.example/api/v1/tokens', {
    method,
    headers: { host: 'console.example', ...headers },
  });

describe('a request with a session cookie', () => {
  it.each([
    ['GET', {}],
    ['POST', { 'sec-fetch-site': 'same-origin' }],
    ['DELETE', { 'sec-fetch-site': 'none' }],
    ['POST', { origin: 'http://console.example' }],
    ['POST', { origin: 'https://proxied.example', 'x-forwarded-host': 'proxied.example' }],
  ])('is let through: %s %j', (method, headers) => {
    expect(() => assertSameOrigin(request(method, headers))).not.toThrow();
  });

  it.each([
    ['POST', {}],
    ['POST', { 'sec-fetch-site': 'cross-site' }],
    ['POST', { 'sec-fetch-site': 'same-site', origin: 'http://console.example' }],
    ['PATCH', { origin: 'https://evil.example' }],
    ['DELETE', { origin: 'null' }],
  ])('that another site may have caused is refused: %s %j', (method, headers) => {
    expect(() => assertSameOrigin(request(method, headers))).toThrow(
      expect.objectContaining({ code: 'CROSS_ORIGIN' }),
    );
  });
});

describe('the origins that are our own', () => {
  it('follow the host that the browser asked for, not the address that the server listens on', () => {
    const asked = new Request('http://localhost:3000/api/auth/sign-in/email', {
      headers: { host: '127.0.0.1:3000' },
    });
    expect(ownOrigins(asked)).toEqual(['http://127.0.0.1:3000', 'https://127.0.0.1:3000']);
  });

  it('follow the proxy in front', () => {
    expect(ownOrigins(request('POST', { 'x-forwarded-host': 'proxied.example' }))).toContain(
      'https://proxied.example',
    );
  });
});
