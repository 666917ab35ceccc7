import process from 'node:process';
import { SealaneError } from '@sealane/errors/sealane-error';
import { z } from 'zod';

const envSchema = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'postgresql://user:password@host:port/database'),
  REDIS_URL: z.string().regex(/^rediss?:\/\//, 'redis://host:port'),
  SEALANE_ENCRYPTION_KEY: z.string().min(1, 'Required'),
  /** The first administrator, made when nobody can sign in yet. */
  SEALANE_ADMIN_EMAIL: z.email().optional(),
  SEALANE_ADMIN_PASSWORD: z.string().min(8, 'At least 8 characters').optional(),
  /** An administrator's API token that is valid from the first start. */
  SEALANE_API_TOKEN: z.string().min(16, 'At least 16 characters').optional(),
  /** Where browsers reach the console, e.g. `https://sealane.example`; derived from requests when absent. */
  SEALANE_BASE_URL: z.url().optional(),
  /** Where Kafka Connect's API answers at the root, beside `/connect` of the console; absent: nowhere. */
  CONNECT_REST_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  CONNECT_REST_HOST: z.string().default('127.0.0.1'),
  /** Brokers of the cluster that connectors write to, which a Connect worker has as `bootstrap.servers`. */
  CONNECT_BOOTSTRAP_SERVERS: z
    .string()
    .regex(/^[^\s,:]+:\d+(\s*,\s*[^\s,:]+:\d+)*$/, 'host:port, more after commas')
    .optional(),
  /** Compacted topic of stream offsets; the worker's variable of the same name must say the same. */
  SEALANE_OFFSETS_TOPIC: z.string().default('sealane-offsets'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
});

/** The environment, checked. */
export type Env = z.infer<typeof envSchema>;

/** Reads the environment; an empty variable counts as absent. Throws `ENVIRONMENT_INVALID`, naming each variable. */
export function readEnv(variables: Readonly<Record<string, string | undefined>> = process.env): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const result = envSchema.safeParse(given);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  throw new SealaneError({
    code: 'ENVIRONMENT_INVALID',
    message: 'The console cannot start with these environment variables.',
    why: fields.map((field) => `${field.path}: ${field.message}`).join('; '),
    remedy: 'Set them as docs/operating.md says.',
    fields,
  });
}
