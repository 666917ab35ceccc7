import process from 'node:process';
import { z } from 'zod';

const schema = z.object({
  SEALANE_E2E_BASE_URL: z.url().default('http://127.0.0.1:3000'),
  SEALANE_ADMIN_EMAIL: z.string().default('admin@sealane.test'),
  SEALANE_ADMIN_PASSWORD: z.string().default('admin-password'),
  SEALANE_API_TOKEN: z.string().default(''),
  SEALANE_E2E_MARIADB_HOST: z.string().optional(),
  SEALANE_E2E_MARIADB_PORT: z.coerce.number().int().optional(),
  SEALANE_E2E_MARIADB_USER: z.string().optional(),
  SEALANE_E2E_MARIADB_PASSWORD: z.string().optional(),
  SEALANE_E2E_BROKERS: z.string().optional(),
  SEALANE_E2E_CHROMIUM: z.string().default('/usr/bin/chromium'),
});

/** What the browser tests run against. `services` is null when no launcher gave addresses. */
export interface E2eEnv {
  baseUrl: string;
  adminEmail: string;
  adminPassword: string;
  /** An administrator's API token; empty when no launcher gave one. */
  apiToken: string;
  chromium: string;
  chromiumArgs: string[];
  services: { host: string; port: number; user: string; password: string; brokers: string } | null;
}

/** Flags for a Chromium that runs as root, without a GPU, and calls nobody on its own. */
const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Reads the environment of the browser tests; a test launcher provides it. */
export function readE2eEnv(): E2eEnv {
  const env = schema.parse(process.env);
  const {
    SEALANE_E2E_MARIADB_HOST: host,
    SEALANE_E2E_MARIADB_PORT: port,
    SEALANE_E2E_MARIADB_USER: user,
    SEALANE_E2E_BROKERS: brokers,
  } = env;
  const complete = host !== undefined && port !== undefined && user !== undefined && brokers !== undefined;
  return {
    baseUrl: env.SEALANE_E2E_BASE_URL,
    adminEmail: env.SEALANE_ADMIN_EMAIL,
    adminPassword: env.SEALANE_ADMIN_PASSWORD,
    apiToken: env.SEALANE_API_TOKEN,
    chromium: env.SEALANE_E2E_CHROMIUM,
    chromiumArgs,
    services: complete
      ? { host, port, user, password: env.SEALANE_E2E_MARIADB_PASSWORD ?? '', brokers }
      : null,
  };
}
