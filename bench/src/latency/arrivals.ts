import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import type { ArrivalLog } from './arrival-log.ts';

/** The broker answers as soon as there is a byte; the wait only bounds an idle fetch. */
const FETCH = { minBytes: 1, maxWaitTimeInMs: 1_000 };

const ROW_KEY = /^\{"id":(\d+)\}$/;

/** Consumes a topic from its first record on and notes when each row's record is in the consumer's hands. */
export async function openArrivals(
  options: { brokers: string[]; topic: string },
  log: ArrivalLog,
): Promise<{ close(): Promise<void> }> {
  const kafka = new Kafka({ clientId: 'sealane-bench', brokers: options.brokers, logLevel: logLevel.ERROR });
  const consumer = kafka.consumer({ groupId: `bench-${randomUUID()}`, ...FETCH });
  await consumer.connect();
  await consumer.subscribe({ topic: options.topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch }) => {
      const at = performance.now();
      for (const { key } of batch.messages) {
        const row = ROW_KEY.exec(key?.toString() ?? '')?.[1];
        if (row !== undefined) log.arrived(Number(row), at);
      }
    },
  });
  return { close: () => consumer.disconnect() };
}
