import { describe, expect, it } from 'vitest';
import { assertSameOrigin } from './same-origin.ts';

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
