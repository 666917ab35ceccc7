import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnChanges, parseExact, plainExact, prettyExact, previewOf, readEnvelope } from './envelope.ts';

const update =
  '{"before":{"id":18446744073709551615,"city":"Graz","note":null},"after":{"id":18446744073709551615,"city":"Wien","note":""},"op":"u"}';

describe('exact JSON', () => {
  it('keeps digits that a JavaScript number would lose', () => {
    expect(prettyExact(parseExact('{"id":18446744073709551615,"price":10.10}') ?? null)).toBe(
      '{\n  "id": 18446744073709551615,\n  "price": 10.10\n}',
    );
  });

  it('keeps every integer, whatever its size', () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        const parsed = parseExact(String(value));
        expect(parsed === undefined ? undefined : plainExact(parsed)).toBe(String(value));
      }),
    );
  });

  it('says when a text is not JSON', () => {
    expect(parseExact('{"a":')).toBeUndefined();
  });
});

describe('readEnvelope', () => {
  it('reads an envelope inside its schema', () => {
    expect(readEnvelope(`{"schema":{},"payload":${update}}`)?.op).toBe('u');
  });

  it('takes no other JSON for a change event', () => {
    expect(readEnvelope('{"op":1}')).toBeNull();
    expect(readEnvelope('[1,2]')).toBeNull();
  });
});

describe('columnChanges', () => {
  it('puts changed columns first and tells null from empty', () => {
    const envelope = readEnvelope(update);
    const changes = envelope === null ? [] : columnChanges(envelope);
    expect(changes.map((change) => [change.name, change.changed])).toEqual([
      ['city', true],
      ['note', true],
      ['id', false],
    ]);
    expect(changes[1]).toMatchObject({ before: null, after: '' });
  });

  it('shows all columns of an insert and of a delete', () => {
    const insert = readEnvelope('{"before":null,"after":{"a":1,"b":2},"op":"c"}');
    expect(insert === null ? [] : columnChanges(insert).map((change) => change.changed)).toEqual([
      true,
      true,
    ]);
  });
});

describe('previewOf', () => {
  it('shows what an update changed', () => {
    expect(previewOf(update, false)).toBe('city=Wien  note=');
  });

  it('does not parse what was cut', () => {
    expect(previewOf('{"before":', true)).toBe('{"before":');
  });
});
