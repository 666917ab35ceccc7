import { type LiveMessage, liveMessageSchema } from '@sealane/contracts/live';
import type { SealaneError } from '@sealane/errors/sealane-error';
import { DEFAULT_PREFIX } from '../definitions.ts';
import { parseMessage } from '../parse-message.ts';
import type { RedisConnection } from '../redis.ts';
import { liveChannels } from './live-keys.ts';

/** What watchers get: everything but keep-alives, which the web server makes itself. */
export type PublishedMessage = Exclude<LiveMessage, { kind: 'keepalive' }>;

/** The receiving side of live delivery; one per process, however many watch. */
export interface LiveSubscriber {
  /** Calls back for one pipeline, or for all when `pipelineId` is null, until the returned function is called. */
  subscribe(pipelineId: string | null, listener: (message: PublishedMessage) => void): Promise<() => void>;
  close(): void;
}

export interface LiveSubscriberOptions {
  /** Its own connection is made from this one, at the first subscription. */
  redis: RedisConnection;
  prefix?: string | undefined;
  /** Messages that cannot be read. */
  onError: (error: SealaneError) => void;
}

const ALL = '*';

export function createLiveSubscriber({
  redis,
  onError,
  prefix = DEFAULT_PREFIX,
}: LiveSubscriberOptions): LiveSubscriber {
  const listeners = new Map<string, Set<(message: PublishedMessage) => void>>();
  let opening: Promise<RedisConnection> | null = null;

  const deliver = (text: string) => {
    const message = parseMessage(liveMessageSchema, text, onError);
    if (message === null || message.kind === 'keepalive') return;
    for (const key of [message.pipelineId, ALL]) {
      for (const listener of listeners.get(key) ?? []) listener(message);
    }
  };
  const open = async () => {
    const subscriber = redis.duplicate();
    for (const listener of redis.listeners('error'))
      subscriber.on('error', (error) => listener.call(subscriber, error));
    subscriber.on('pmessage', (_pattern: string, _channel: string, text: string) => deliver(text));
    await subscriber.psubscribe(liveChannels(prefix));
    return subscriber;
  };
  return {
    async subscribe(pipelineId, listener) {
      const key = pipelineId ?? ALL;
      const set = listeners.get(key) ?? new Set();
      listeners.set(key, set.add(listener));
      opening ??= open();
      await opening;
      return () => {
        set.delete(listener);
        if (set.size === 0 && listeners.get(key) === set) listeners.delete(key);
      };
    },
    close() {
      listeners.clear();
      void opening?.then((subscriber) => subscriber.disconnect());
    },
  };
}
