/** The policy of a page. Development needs `eval` for React's error overlays and a socket for reloading. */
export function contentSecurityPolicy(nonce: string): string {
  // biome-ignore lint/style/noProcessEnv: Next replaces this very expression at build time
  const development = process.env.NODE_ENV === 'development';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${development ? " 'unsafe-eval'" : ''}`,
    // Editors and charts set styles from scripts.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
