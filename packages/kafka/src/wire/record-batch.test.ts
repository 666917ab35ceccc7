import fc from 'fast-check';
import Record from 'kafkajs/src/protocol/recordBatch/record/v0/index.js';
import { RecordBatch as encodeBatch } from 'kafkajs/src/protocol/recordBatch/v0/index.js';
import { describe, expect, it } from 'vitest';
import type { MessageRecord } from '../reader/message-record.ts';
import { decompress } from './compression.ts';
import { copyRecord, listBatches, recordSection, walkRecords } from './record-batch.ts';

const field = fc.option(
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  { nil: null },
);
const record = fc.record({
  key: field,
  value: field,
  timestampDelta: fc.integer({ min: 0, max: 2 ** 40 }),
  headers: fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), fc.string({ maxLength: 20 }), {
    maxKeys: 3,
  }),
});

describe('record batches', () => {
  it("decodes what kafkajs' own encoder writes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 30 }), async (records) => {
        const firstTimestamp = 1_700_000_000_000;
        const bytes = await encode(records, firstTimestamp);
        const decoded = decodeAll(Buffer.concat([bytes, bytes]));
        expect(decoded).toHaveLength(records.length * 2);
        records.forEach((expected, index) => {
          const message = decoded[index];
          expect(message?.key).toEqual(expected.key);
          expect(message?.value).toEqual(expected.value);
          expect(message?.offset).toBe(BigInt(index));
          expect(message?.timestamp).toBe(firstTimestamp + expected.timestampDelta);
          const headers = message?.headers.map(({ name, value }) => [name, value?.toString()]);
          expect(headers).toEqual(Object.entries(expected.headers));
        });
      }),
    );
  });

  it('leaves out a batch that the broker cut off at the byte limit', async () => {
    const bytes = await encode([{ key: null, value: Buffer.from('x'), timestampDelta: 0, headers: {} }], 0);
    for (const cut of [1, 20, bytes.length - 1]) {
      expect(listBatches(Buffer.concat([bytes, bytes.subarray(0, cut)]))).toHaveLength(1);
    }
  });

  it('says which batch is broken instead of returning wrong records', async () => {
    const bytes = await encode([{ key: null, value: Buffer.from('x'), timestampDelta: 0, headers: {} }], 0);
    bytes.writeInt32BE(5, 57);
    expect(() => decodeAll(bytes)).toThrow(expect.objectContaining({ code: 'KAFKA_BATCH_CORRUPT' }));
    bytes[16] = 1;
    expect(() => decodeAll(bytes)).toThrow(expect.objectContaining({ code: 'KAFKA_MESSAGE_FORMAT_TOO_OLD' }));
  });

  it('decompresses zstd on every Node', () => {
    // RFC 8878: magic, single-segment frame of 5 bytes, one last raw block.
    const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, 5, 0x29, 0, 0, ...Buffer.from('hello')]);
    expect(decompress('zstd', frame).toString()).toBe('hello');
  });

  it('decompresses the framing of snappy-java, which Java producers write', () => {
    // The bare block "hello": its length, then a literal of five bytes (tag (5 - 1) << 2).
    const block = Buffer.from([5, 0x10, ...Buffer.from('hello')]);
    const header = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
    const length = Buffer.from([0, 0, 0, block.length]);
    expect(decompress('snappy', block).toString()).toBe('hello');
    expect(decompress('snappy', Buffer.concat([header, length, block, length, block])).toString()).toBe(
      'hellohello',
    );
  });
});

type TestRecord = {
  key: Buffer | null;
  value: Buffer | null;
  timestampDelta: number;
  headers: { [name: string]: string };
};

async function encode(records: readonly TestRecord[], firstTimestamp: number): Promise<Buffer> {
  const encoder = await encodeBatch({
    firstTimestamp,
    maxTimestamp: firstTimestamp,
    lastOffsetDelta: records.length - 1,
    records: records.map((each, offsetDelta) => Record({ offsetDelta, ...each })),
  });
  return Buffer.from(encoder.buffer);
}

function decodeAll(bytes: Buffer): MessageRecord[] {
  const messages: MessageRecord[] = [];
  for (const batch of listBatches(bytes)) {
    const section = recordSection(batch);
    walkRecords(batch, section, (view) => {
      messages.push(copyRecord(batch, section.bytes, { view, partition: 0 }));
      return true;
    });
  }
  return messages;
}
