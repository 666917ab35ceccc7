import { SealaneError } from '@sealane/errors/sealane-error';
import type { RecordProducer, RecordProducerOptions } from './record-producer.ts';

/** `auto` takes node-rdkafka where its native build loads, else kafkajs. */
export type ProducerAdapter = 'auto' | 'rdkafka' | 'kafkajs';

export interface CreateRecordProducerOptions extends RecordProducerOptions {
  /** Default `auto`. */
  readonly adapter?: ProducerAdapter | undefined;
  /** Told once when `auto` falls back to kafkajs, with the loader's own reason. */
  readonly onFallback?: ((reason: string) => void) | undefined;
}

/**
 * Creates a producer without waiting for Kafka: an unreachable cluster shows as `status().state === 'waiting'`.
 * Throws `KAFKA_NATIVE_CLIENT_UNAVAILABLE` when `rdkafka` is asked for and its native build does not load.
 */
export async function createRecordProducer(options: CreateRecordProducerOptions): Promise<RecordProducer> {
  const adapter = options.adapter ?? 'auto';
  if (adapter === 'kafkajs') return createKafkajs(options);
  const { createRdkafkaProducer } = await import('./rdkafka-producer.ts');
  try {
    return await createRdkafkaProducer(options);
  } catch (thrown) {
    const reason = missingBuildReason(thrown);
    if (reason === null) throw thrown;
    if (adapter === 'rdkafka') throw nativeClientUnavailable(reason, thrown);
    options.onFallback?.(reason);
    return createKafkajs(options);
  }
}

async function createKafkajs(options: RecordProducerOptions): Promise<RecordProducer> {
  const { createKafkajsProducer } = await import('./kafkajs-producer.ts');
  return createKafkajsProducer(options);
}

/** The loader's reason when the native build is absent or made for another Node or system; null for any other error. */
function missingBuildReason(thrown: unknown): string | null {
  if (!(thrown instanceof Error)) return null;
  const code: unknown = Reflect.get(thrown, 'code');
  const loader =
    code === 'MODULE_NOT_FOUND' || code === 'ERR_DLOPEN_FAILED' || /bindings file/.test(thrown.message);
  return loader ? (thrown.message.split('\n')[0] ?? thrown.message) : null;
}

function nativeClientUnavailable(reason: string, cause: unknown): SealaneError {
  return new SealaneError({
    code: 'KAFKA_NATIVE_CLIENT_UNAVAILABLE',
    message: 'The native Kafka client (node-rdkafka) cannot be loaded.',
    why: reason,
    remedy:
      'Install a C++ toolchain, make and Python 3, then run "npm rebuild node-rdkafka" and "npm run build:native --workspace @sealane/kafka"; or set the producer to kafkajs, which is several times slower.',
    cause,
  });
}
