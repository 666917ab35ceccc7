import type { PipelineRunSpec } from '@sealane/contracts/pipeline-run';
import { findOffsetPlace, offsetKey, readOffsetRecord } from '@sealane/kafka/offset-topic/offset-topic';
import { createRecordProducer } from '@sealane/kafka/producer/create-record-producer';
import { openKafkaSession } from '@sealane/kafka/session/kafka-session';

/** The stored offset as text; null for none. */
export async function readStoredOffset(spec: PipelineRunSpec): Promise<string | null> {
  const session = await openKafkaSession({ brokers: spec.cluster.brokers });
  try {
    const place = await findOffsetPlace(session, placeOf(spec));
    return place === null ? null : ((await readOffsetRecord(session, place))?.toString() ?? null);
  } finally {
    await session.close();
  }
}

/** Alters the offset of a stopped pipeline as a person does by `PATCH …/offsets`; null resets it, as `DELETE` does. */
export async function writeStoredOffset(
  spec: PipelineRunSpec,
  offset: { file: string; pos: number; event?: number; row?: number } | null,
): Promise<void> {
  const producer = await createRecordProducer({ connection: { brokers: spec.cluster.brokers } });
  const value = offset === null ? null : Buffer.from(JSON.stringify(offset));
  const sequence = producer.produce({ ...placeOf(spec), partition: 0, value });
  await producer.whenAcknowledged(sequence, AbortSignal.timeout(20_000));
  await producer.close({ timeoutMs: 1000 });
}

function placeOf({ offsetsTopic, offsetsName, config }: PipelineRunSpec): { topic: string; key: Buffer } {
  return { topic: offsetsTopic, key: offsetKey(offsetsName, config.topicPrefix) };
}
