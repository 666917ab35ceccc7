import { createRequire } from 'node:module';

/** An error text from librdkafka, e.g. `Broker: Message size too large`, and the record it concerns. */
export type DeliveryCallback = (error: Error | null, report: { topic: string; partition: number }) => void;

/** `error`: an Error; `log`: `{severity, fac, message}`; `stats`: `{message}` with JSON. */
export type EventCallback = (type: string, data: unknown) => void;

/**
 * The native producer under node-rdkafka's JavaScript wrapper (`lib/producer.js` 3.6.1), used directly: the wrapper waits for
 * metadata before it takes a record and checks every call twice.
 */
export interface NativeProducer {
  configureCallbacks(
    add: boolean,
    callbacks: {
      global: object;
      topic: object;
      event: { event_cb: EventCallback; delivery_cb: DeliveryCallback };
    },
  ): void;
  /** Creates the librdkafka handle; does not wait for a broker. */
  connect(callback: (error: Error | null) => void): void;
  /** Returns 0 or a librdkafka error code. Copies message and key. */
  produce(
    topic: string,
    partition: number,
    message: Buffer | null,
    key: Buffer | null,
    timestamp?: null,
    opaque?: undefined,
    headers?: readonly Record<string, string>[],
  ): number;
  /** Serves waiting callbacks. Throws when not connected. */
  poll(): void;
  /** Waits on a pool thread until nothing is queued or in flight; the callback gets an error when time ran out first. */
  flush(timeoutMs: number, callback: (error: unknown) => void): void;
  disconnect(callback: () => void): void;
}

export interface NativeBinding {
  Producer: new (
    globalConfig: Record<string, unknown>,
    topicConfig: Record<string, unknown>,
  ) => NativeProducer;
}

/** Loads the native build; throws the loader's own error where there is none. */
export function loadBinding(): NativeBinding {
  return createRequire(import.meta.url)('node-rdkafka/librdkafka.js') as NativeBinding;
}
