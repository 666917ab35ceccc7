import { expect, it } from 'vitest';
import type { KafkaSession } from '../session/kafka-session.ts';
import { waitForLeaders } from './wait-for-leaders.ts';

const NOT_LEADER = 6;
const NOT_ALLOWED = 29;

/** A cluster whose broker 1 is the named leader of partition 0, and which answers one question after the other with these codes. */
function cluster(codes: readonly number[]): {
  session: Pick<KafkaSession, 'metadata' | 'sendTo'>;
  asked: number[];
} {
  const left = [...codes];
  const asked: number[] = [];
  const partition = { errorCode: 0, partition: 0, leader: 1, replicas: [1], inSyncReplicas: [1] };
  const topic = { errorCode: 0, topic: 'fresh', internal: false, partitions: [partition] };
  return {
    asked,
    session: {
      metadata: async () => ({ brokers: [], clusterId: 'c', controllerId: 1, topics: [topic] }),
      sendTo: async (nodeId) => {
        asked.push(nodeId);
        return [{ partition: 0, errorCode: left.shift() ?? 0, offset: 0 }] as never;
      },
    },
  };
}

it('asks the leader that the metadata names until it knows that it is the leader', async () => {
  const { session, asked } = cluster([NOT_LEADER, NOT_LEADER, 0]);
  await waitForLeaders(session, ['fresh']);
  expect(asked).toEqual([1, 1, 1]);
});

it('does not wait for the right to read', async () => {
  const { session, asked } = cluster([NOT_ALLOWED]);
  await waitForLeaders(session, ['fresh']);
  expect(asked).toEqual([1]);
});
