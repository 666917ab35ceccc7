import type { SealaneError } from '@sealane/errors/sealane-error';
import { z } from 'zod';
import { DEFAULT_PREFIX } from './definitions.ts';
import { parseMessage } from './parse-message.ts';
import type { RedisConnection } from './redis.ts';

const controlMessageSchema = z.strictObject({ pipelineId: z.string() });

const channelOf = (prefix: string) => `${prefix}:control`;

/**
 * Tells the worker that holds a pipeline to look at its definition again now. Only a hint, for speed: the wish
 * stands in Postgres, and a worker that missed it sees it when it next looks.
 */
export async function requestLook(
  { redis, prefix = DEFAULT_PREFIX }: { redis: RedisConnection; prefix?: string | undefined },
  pipelineId: string,
): Promise<void> {
  await redis.publish(channelOf(prefix), JSON.stringify(controlMessageSchema.parse({ pipelineId })));
}

export interface ControlOptions {
  /** Its own connection is made from this one. */
  redis: RedisConnection;
  prefix?: string | undefined;
  onLook: (pipelineId: string) => void;
  /** Messages that cannot be read. */
  onError: (error: SealaneError) => void;
}

/** Listens for hints until closed. */
export async function listenForControl({
  redis,
  prefix = DEFAULT_PREFIX,
  onLook,
  onError,
}: ControlOptions): Promise<{ close(): void }> {
  const subscriber = redis.duplicate();
  for (const listener of redis.listeners('error'))
    subscriber.on('error', (error) => listener.call(subscriber, error));
  subscriber.on('message', (_channel: string, text: string) => {
    const message = parseMessage(controlMessageSchema, text, onError);
    if (message !== null) onLook(message.pipelineId);
  });
  await subscriber.subscribe(channelOf(prefix));
  return { close: () => subscriber.disconnect() };
}
