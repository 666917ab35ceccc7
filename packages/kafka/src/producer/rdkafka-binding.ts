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

/**
 * Many records in one call, over the handle of a connected {@link NativeProducer}: our own addition to node-rdkafka, in
 * `native/batch-producer.cc`. Any call after the producer's disconnect throws.
 */
export interface NativeBatchProducer {
  /** The number by which records name a topic. */
  topic(name: string): number;
  /** The number by which records name a list of headers; names and values take turns in `texts`. */
  headers(texts: readonly string[]): number;
  /**
   * Copies and queues records. `bytes`: key and value of each, record behind record. `fields`: one slot for the error code,
   * then topic, partition, key bytes, value bytes and headers of each, -1 for null and for none. Returns how many were taken; when fewer than
   * `count`, `fields[0]` is librdkafka's code for the first that was not.
   */
  produce(bytes: Buffer, fields: Int32Array, count: number): number;
  /** Gives topics and headers back; must come before the producer's disconnect. */
  close(): void;
}

export interface NativeBinding {
  Producer: new (
    globalConfig: Record<string, unknown>,
    topicConfig: Record<string, unknown>,
  ) => NativeProducer;
  BatchProducer: new (producer: NativeProducer) => NativeBatchProducer;
}

/** Loads the native builds; throws the loader's own error where one is missing. */
export function loadBinding(): NativeBinding {
  const require = createRequire(import.meta.url);
  // In this order: the second uses the library that the first has loaded.
  const rdkafka: Pick<NativeBinding, 'Producer'> = require('node-rdkafka/librdkafka.js');
  const batch: Pick<NativeBinding, 'BatchProducer'> = require('@sealane/kafka/batch-producer.node');
  return { Producer: rdkafka.Producer, BatchProducer: batch.BatchProducer };
}
