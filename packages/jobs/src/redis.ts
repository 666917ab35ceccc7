import { SealaneError } from '@sealane/errors/sealane-error';
import { Redis } from 'ioredis';

/** A connection to Redis as the other files of this package take it. */
export type RedisConnection = Redis;

export interface RedisOptions {
  /** `redis://[user:password@]host:port[/db]` or `rediss://…`. */
  url: string;
  /** Every connection error, once per failed attempt: log it. The client reconnects by itself. */
  onError: (error: SealaneError) => void;
}

/**
 * Opens a connection that reconnects for ever. Commands wait while Redis is away, as BullMQ's blocking
 * connections must; use {@link pingRedis} where an answer is due in time.
 */
export function connectRedis({ url, onError }: RedisOptions): RedisConnection {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    enableReadyCheck: true,
    retryStrategy: (attempt) => Math.min(100 * 2 ** Math.min(attempt, 6), 3000),
  });
  redis.on('error', (error: Error) => onError(unreachable(error)));
  return redis;
}

/** Resolves when Redis answers within `timeoutMs`; throws `REDIS_UNREACHABLE`. */
export async function pingRedis(redis: RedisConnection, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(unreachable(new Error(`No answer within ${timeoutMs} ms`))), timeoutMs);
  });
  try {
    await Promise.race([redis.ping(), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function unreachable(cause: Error): SealaneError {
  return new SealaneError({
    code: 'REDIS_UNREACHABLE',
    message: 'Redis does not answer.',
    why: cause.message === '' ? cause.name : cause.message,
    remedy: 'Check REDIS_URL and that the Redis server runs.',
    retriable: true,
    cause,
  });
}
