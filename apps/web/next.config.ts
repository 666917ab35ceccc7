import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Headers of every answer. The content security policy stands in `src/proxy.ts`, since it depends on the request. */
const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), interest-cohort=()' },
];

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  outputFileTracingRoot: root,
  turbopack: { root },
  transpilePackages: [
    '@sealane/contracts',
    '@sealane/db',
    '@sealane/engine',
    '@sealane/errors',
    '@sealane/jobs',
    '@sealane/kafka',
  ],
  serverExternalPackages: [
    '@prisma/adapter-pg',
    '@prisma/client',
    '@prisma/schema-engine-wasm',
    'bullmq',
    'ioredis',
    'kafkajs',
    'lz4-napi',
    'mysql2',
    'pg',
    'pino',
  ],
  // Clients of Kafka Connect ask for /connect/connectors/ and do not follow redirects.
  skipTrailingSlashRedirect: true,
  experimental: { serverMinification: false },
  headers: async () => [{ source: '/:path*', headers: securityHeaders }],
};

export default config;
