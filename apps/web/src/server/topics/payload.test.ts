import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPayload } from './payload.ts';

const MANY = 1_000_000;

describe('a payload', () => {
  it('tells null from empty', () => {
    expect(toPayload(null, MANY)).toEqual({ kind: 'null', text: null, bytes: 0, truncated: false });
    expect(toPayload(Buffer.alloc(0), MANY)).toEqual({ kind: 'empty', text: '', bytes: 0, truncated: false });
  });

  it('keeps the exact digits of JSON', () => {
    const text = '{"id":18446744073709551615,"price":1.10}';
    expect(toPayload(Buffer.from(text), MANY)).toMatchObject({ kind: 'json', text });
  });

  it.each([['42'], ['-1.5e10'], ['"text"'], ['null'], [' [1, 2] '], ['true']])('of %s is JSON', (text) => {
    expect(toPayload(Buffer.from(text), MANY).kind).toBe('json');
  });

  it.each([['hello'], ['{broken'], ['1.2.3'], ['2026-01-01']])('of %s is text', (text) => {
    expect(toPayload(Buffer.from(text), MANY).kind).toBe('text');
  });

  it('that is no text is base64, whole bytes counted', () => {
    const bytes = Buffer.from([0, 0, 0, 0, 1, 255]);
    expect(toPayload(bytes, MANY)).toEqual({
      kind: 'binary',
      text: bytes.toString('base64'),
      bytes: 6,
      truncated: false,
    });
  });

  it('is cut between characters, never inside one', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }).filter(isPlain),
        fc.integer({ min: 1, max: 40 }),
        (text, max) => {
          const payload = toPayload(Buffer.from(text), max);
          expect(text.startsWith(payload.text ?? '')).toBe(true);
          expect(Buffer.byteLength(payload.text ?? '')).toBeGreaterThan(
            Math.min(max, Buffer.byteLength(text)) - 4,
          );
          expect(payload.truncated).toBe(Buffer.byteLength(text) > max);
        },
      ),
    );
  });
});

const isPlain = (text: string) =>
  toPayload(Buffer.from(text), MANY).kind !== 'binary' && Buffer.from(text).toString() === text;
