import type { RecordProducer, RecordProducerOptions } from './record-producer.ts';

/** `auto` takes node-rdkafka where its native build loads, else kafkajs. */
export type ProducerAdapter = 'auto' | 'rdkafka' | 'kafkajs';

export interface CreateRecordProducerOptions extends RecordProducerOptions {
  readonly adapter?: ProducerAdapter | undefined;
  /** Told once when `auto` falls back to kafkajs, with the loader's own reason. */
  readonly onFallback?: ((reason: string) => void) | undefined;
}

/**
 * Creates a producer without waiting for Kafka: an unreachable cluster shows as `status().state === 'waiting'`.
 * Throws `KAFKA_NATIVE_CLIENT_UNAVAILABLE` when `rdkafka` is asked for and its native build does not load.
 */
export async function createRecordProducer(options: CreateRecordProducerOptions): Promise<RecordProducer> {
  if (options.adapter === 'kafkajs') return createKafkajs(options);
  try {
    const { createRdkafkaProducer } = await import('./rdkafka-producer.ts');
    return createRdkafkaProducer(options);
  } catch (thrown) {
    if (!isMissingNativeBuild(thrown)) throw thrown;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    if (options.adapter === 'rdkafka') throw nativeClientUnavailable(reason, thrown);
    options.onFallback?.(reason);
    return createKafkajs(options);
  }
}
