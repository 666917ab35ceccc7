import { expect, it } from 'vitest';
import { ERR_QUEUE_FULL, RdkafkaBatch } from './rdkafka-batch.ts';
import type { NativeBatchProducer } from './rdkafka-binding.ts';
import type { RecordHeaders } from './record-producer.ts';

/** Takes as many records as it is told to and writes down what it took, as the native addition reads a batch. */
class Taker implements NativeBatchProducer {
  readonly taken: string[] = [];
  readonly topics: string[] = [];
  readonly lists: string[] = [];
  room = 0;

  topic(name: string): number {
    return this.topics.push(name) - 1;
  }

  headers(texts: readonly string[]): number {
    return this.lists.push(texts.join(' ')) - 1;
  }

  produce(bytes: Buffer, fields: Int32Array, count: number): number {
    const take = Math.min(count, this.room);
    this.room -= take;
    let at = 0;
    const text = (size: number): string | null => {
      if (size < 0) return null;
      at += size;
      return bytes.toString('utf8', at - size, at);
    };
    for (let index = 0; index < take; index += 1) {
      const [topic = 0, partition, key = -1, value = -1, list = -1] = fields.subarray(1 + index * 5);
      const headers = this.lists[list];
      this.taken.push(
        `${this.topics[topic]}/${partition} ${text(key)}=${text(value)}${headers ? ` (${headers})` : ''}`,
      );
    }
    if (take < count) fields[0] = ERR_QUEUE_FULL;
    return take;
  }

  close(): void {
    this.topics.length = 0;
  }
}

function add(batch: RdkafkaBatch, topic: string, [key, value]: [string | null, string | null]): boolean {
  const record = {
    topic,
    partition: topic.length,
    key: key === null ? null : Buffer.from(key),
    value: value === null ? null : Buffer.from(value),
  };
  return batch.add(record, (key?.length ?? 0) + (value?.length ?? 0));
}

it('keeps what librdkafka had no room for, and hands it over in order later', () => {
  const native = new Taker();
  const batch = new RdkafkaBatch(native);
  expect(add(batch, 'a', ['k1', 'one'])).toBe(true);
  add(batch, 'a', [null, 'two']);
  add(batch, 'bb', ['k3', null]);
  native.room = 1;
  expect(batch.handOver()).toBe(ERR_QUEUE_FULL);
  expect(batch.count).toBe(2);
  add(batch, 'a', ['', '']);
  native.room = 2;
  expect(batch.handOver()).toBe(ERR_QUEUE_FULL);
  native.room = 9;
  expect(batch.handOver()).toBe(0);
  expect(batch.handOver()).toBe(0);
  expect(native.taken).toEqual(['a/1 k1=one', 'a/1 null=two', 'bb/2 k3=null', 'a/1 =']);
});

it('takes headers once the same list comes again, whatever comes between', () => {
  const native = new Taker();
  const batch = new RdkafkaBatch(native);
  const headers = [
    ['run', '7'],
    ['task', '0'],
  ] as const;
  const record = { topic: 'a', partition: 0, key: null, value: Buffer.from('v') };
  const taken = (list: RecordHeaders | undefined): boolean => {
    const asked = { ...record, headers: list };
    return batch.fits(asked, 1) && batch.add(asked, 1);
  };
  expect([headers, headers, undefined, [['key', 'moved']] as const, headers].map(taken)).toEqual([
    false,
    true,
    true,
    false,
    true,
  ]);
  native.room = 9;
  batch.handOver();
  expect(native.taken).toEqual(['a/0 null=v (run 7 task 0)', 'a/0 null=v', 'a/0 null=v (run 7 task 0)']);
});

it('has bounds in records and in bytes', () => {
  const native = new Taker();
  const batch = new RdkafkaBatch(native);
  while (add(batch, 'a', [null, 'x']));
  expect(batch.count).toBe(512);
  native.room = 1000;
  batch.handOver();
  const large = 'x'.repeat(50_000);
  expect([
    add(batch, 'a', [null, large]),
    add(batch, 'a', [null, large]),
    add(batch, 'a', [null, large]),
  ]).toEqual([true, true, false]);
  expect(batch.fits({ topic: 'a', partition: 0, key: null, value: null }, 200_000)).toBe(false);
});
