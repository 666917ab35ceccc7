import { describe, expect, it } from 'vitest';
import { decodeRecord, prettyJson } from './decode-envelope.ts';

const bytes = (text: string): Buffer => Buffer.from(text);

describe('decodeRecord', () => {
  it('keeps every digit of a change event and says what changed', () => {
    const decoded = decodeRecord({
      key: bytes('{"id":9223372036854775807}'),
      value: bytes(
        '{"before":{"id":9223372036854775807,"n":1.10},"after":{"id":9223372036854775807,"n":1.1},"source":{"db":"d"},"op":"u"}',
      ),
    });
    expect(decoded).toMatchObject({
      kind: 'change',
      operation: 'update',
      key: '{"id":9223372036854775807}',
      differences: [
        { name: 'id', before: '9223372036854775807', changed: false },
        { name: 'n', before: '1.10', after: '1.1', changed: true },
      ],
    });
  });

  it('looks into the schema and payload wrapping of Kafka Connect', () => {
    const value = bytes('{"schema":{},"payload":{"before":null,"after":{"id":1},"source":{},"op":"c"}}');
    expect(decodeRecord({ key: null, value })).toMatchObject({
      kind: 'change',
      operation: 'create',
      before: null,
    });
  });

  it('tells tombstones, other JSON, text and bytes apart', () => {
    expect(decodeRecord({ key: bytes('{"id":1}'), value: null })).toEqual({
      kind: 'tombstone',
      key: '{"id":1}',
    });
    expect(decodeRecord({ key: null, value: bytes('[1]') }).kind).toBe('json');
    expect(decodeRecord({ key: null, value: bytes('hello') })).toMatchObject({ kind: 'raw', text: 'hello' });
    expect(decodeRecord({ key: Buffer.from([0xff]), value: Buffer.from([0xff]) })).toEqual({
      kind: 'raw',
      key: 'ff',
      text: null,
    });
  });

  it('prints JSON for people without rounding a number', () => {
    expect(prettyJson('{"a":12345678901234567890.10}')).toBe('{\n  "a": 12345678901234567890.10\n}');
    expect(prettyJson('{')).toBeNull();
  });
});
