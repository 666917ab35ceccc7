import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { OutputBuffer } from '../bytes/output-buffer.ts';
import type { ColumnType } from '../table/table-schema.ts';
import { type ColumnRule, compileRule } from './column-rule.ts';
import { textJsonWriter } from './converted-codecs.ts';
import { DEFAULT_HANDLING_MODES, type HandlingModes } from './handling-modes.ts';

const varchar = (characters: number): ColumnType => ({
  family: 'string',
  kind: 'varchar',
  charset: 'utf8mb4',
  length: characters * 4,
});
const text: ColumnType = { family: 'string', kind: 'text', charset: 'utf8mb4', length: 0 };

/** The JSON of a value under a rule; undefined where the rule leaves the column alone. */
function ruled(rule: ColumnRule, type: ColumnType, value: string | Buffer) {
  return ruledIn(DEFAULT_HANDLING_MODES, { rule, type, value });
}

function ruledIn(
  modes: HandlingModes,
  { rule, type, value }: { rule: ColumnRule; type: ColumnType; value: string | Buffer },
) {
  const column = { name: 'c', ordinal: 0, type, nullable: true, primaryKeyPosition: null, visible: true };
  const compiled = compileRule(rule, column, modes);
  if (compiled === null) return undefined;
  const out = new OutputBuffer();
  const bytes = Buffer.from(value);
  compiled.text(textJsonWriter(column, modes))({ bytes, start: 0, end: bytes.length }, out);
  return JSON.parse(out.written().toString()) as unknown;
}

describe('column.truncate.to.N.chars', () => {
  const rule: ColumnRule = { kind: 'truncate', length: 5 };

  it('cuts text to N characters', () => {
    expect(ruled(rule, text, 'äöü"\\ß')).toBe('äöü"\\');
    expect(ruled(rule, text, 'short')).toBe('short');
    expect(ruled({ kind: 'truncate', length: 0 }, text, 'a')).toBe('');
  });

  it('counts as Java does, and never leaves half a pair', () => {
    expect(ruled(rule, text, '😀😀😀')).toBe('😀😀');
    expect(ruled({ kind: 'truncate', length: 4 }, text, '😀😀😀')).toBe('😀😀');
  });

  it('leaves columns alone that cannot be longer, or hold no text', () => {
    expect(ruled(rule, varchar(5), 'abcde')).toBeUndefined();
    expect(ruled(rule, varchar(6), 'abcdef')).toBe('abcde');
    expect(ruled(rule, { family: 'integer', bytes: 8, unsigned: false }, '1234567')).toBeUndefined();
  });

  it('cuts binary data to N bytes, its text where that is asked for', () => {
    const blob: ColumnType = { family: 'binary', kind: 'blob', length: 0 };
    const bytes = Buffer.from([1, 2, 3, 4, 5, 6, 7]);
    expect(ruled(rule, blob, bytes)).toBe(bytes.subarray(0, 5).toString('base64'));
    expect(
      ruledIn({ ...DEFAULT_HANDLING_MODES, binaryHandlingMode: 'hex' }, { rule, type: blob, value: bytes }),
    ).toBe('01020');
  });
});

describe('column.mask.with.N.chars', () => {
  it('says nothing of the value, nor whether there was one', () => {
    const column = {
      name: 'c',
      ordinal: 0,
      type: text,
      nullable: true,
      primaryKeyPosition: null,
      visible: true,
    };
    expect(ruled({ kind: 'mask', length: 3 }, text, 'secret')).toBe('***');
    expect(ruled({ kind: 'mask', length: 0 }, text, 'secret')).toBe('');
    expect(
      compileRule({ kind: 'mask', length: 3 }, column, DEFAULT_HANDLING_MODES)?.nullJson?.toString(),
    ).toBe('"***"');
  });
});

describe('column.mask.hash', () => {
  const sha = (...parts: (string | Buffer)[]) =>
    parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');

  it('v2 is the digest of salt and text', () => {
    const rule: ColumnRule = { kind: 'hash', version: 'v2', algorithm: 'SHA-256', salt: 'pepper' };
    expect(ruled(rule, text, 'grün')).toBe(sha('pepper', 'grün'));
  });

  it('is cut to the length of the column', () => {
    const rule: ColumnRule = { kind: 'hash', version: 'v2', algorithm: 'SHA-256', salt: 'pepper' };
    expect(ruled(rule, varchar(10), 'grün')).toBe(sha('pepper', 'grün').slice(0, 10));
    expect(ruled(rule, { family: 'enum', labels: ['a'] }, 'a')).toBe(sha('pepper', 'a').slice(0, 1));
  });

  it('v1 is the digest of salt and the text as Java serialises it', () => {
    const rule: ColumnRule = { kind: 'hash', version: 'v1', algorithm: 'SHA-256', salt: 'pepper' };
    // The digests are Java's own: SHA-256 over the salt and what ObjectOutputStream.writeObject writes.
    expect(ruled(rule, text, 'abä')).toBe('ef466b1141777e4f1a8c7b32976c2459b0a1b37f7b4a4b1012b39c20626aabfa');
    expect(ruled(rule, text, '😀\0x')).toBe(
      'bb1841f7f726135298b2ed07aacebf5a8b73f54534b4c4213848d829b4533cea',
    );
    expect(ruled(rule, text, 'y'.repeat(70_000))).toBe(
      'a88324caaf2e5d1cf7d315b68cc85cf159a8f7c5ea276a5cb22f8ad36f347fc6',
    );
  });

  it.each(['MD5', 'SHA-1', 'SHA-384', 'SHA-512', 'SHA-512/256', 'SHA3-256'])('knows %s', (algorithm) => {
    expect(ruled({ kind: 'hash', version: 'v2', algorithm, salt: 's' }, text, 'a')).toMatch(
      /^[0-9a-f]{32,}$/,
    );
  });
});
