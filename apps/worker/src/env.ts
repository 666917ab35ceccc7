import { hostname } from 'node:os';
import { z } from 'zod';

const text = z.string().min(1);

const schema = z.object({
  DATABASE_URL: text,
  REDIS_URL: text,
  SEALANE_ENCRYPTION_KEY: text,
  SEALANE_WORKER_ID: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,100}$/, 'Letters, digits, dot, underscore and hyphen, at most 100')
    .optional(),
  SEALANE_WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(10_000).default(100),
  SEALANE_OFFSETS_TOPIC: text.default('sealane-offsets'),
  SEALANE_PRODUCER: z.enum(['auto', 'rdkafka', 'kafkajs']).default('auto'),
  SEALANE_PIPELINE_HEAP_MB: z.coerce.number().int().min(64).max(65_536).default(256),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

/** Variables that a pipeline process may see: how to run and whom to trust, nothing that is secret. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'LANG',
  'TZ',
  'TMPDIR',
  'LD_LIBRARY_PATH',
  'SSL_CERT_FILE',
  'NODE_EXTRA_CA_CERTS',
];

/** The worker's settings. */
export interface WorkerEnvironment {
  databaseUrl: string;
  redisUrl: string;
  encryptionKey: string;
  /** Name of this worker as shown; the host name when none is given. */
  workerName: string;
  /** Pipelines that this worker runs at a time. */
  concurrency: number;
  offsetsTopic: string;
  producer: 'auto' | 'rdkafka' | 'kafkajs';
  /** Limit of a pipeline process's JavaScript heap. */
  pipelineHeapMb: number;
  logLevel: string;
  /** The whole environment of a pipeline process. */
  pipelineEnvironment: Record<string, string>;
}

/**
 * Reads the environment; an empty variable counts as absent.
 * @throws z.ZodError that names each variable that is missing or wrong
 */
export function readWorkerEnvironment(source: NodeJS.ProcessEnv = process.env): WorkerEnvironment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = schema.parse(given);
  const passed = PASSED_ON.flatMap((name) =>
    given[name] === undefined ? [] : [[name, given[name]] as const],
  );
  return {
    databaseUrl: parsed.DATABASE_URL,
    redisUrl: parsed.REDIS_URL,
    encryptionKey: parsed.SEALANE_ENCRYPTION_KEY,
    workerName: parsed.SEALANE_WORKER_ID ?? hostname(),
    concurrency: parsed.SEALANE_WORKER_CONCURRENCY,
    offsetsTopic: parsed.SEALANE_OFFSETS_TOPIC,
    producer: parsed.SEALANE_PRODUCER,
    pipelineHeapMb: parsed.SEALANE_PIPELINE_HEAP_MB,
    logLevel: parsed.LOG_LEVEL,
    pipelineEnvironment: Object.fromEntries(passed),
  };
}
