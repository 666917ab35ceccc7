import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventReader } from '../bytes/event-reader.ts';
import { OutputBuffer } from '../bytes/output-buffer.ts';
import { appendBinaryJson } from '../columns/json-binary.ts';
import { binaryJson, type JsonDocument, jsonDocument, jsonText } from '../testing/json-documents.ts';
import { applyJsonDiffs, MOVES_PER_EVENT } from './apply-json-diffs.ts';
import { encodeJson } from './encode-json.ts';
import { jsonDocument as documentOf } from './json-node.ts';

const MALFORMED = expect.objectContaining({ code: 'BINLOG_EVENT_MALFORMED' });

interface Diff {
  readonly operation: number;
  readonly path: string;
  readonly value?: Buffer;
}

const replace = (path: string, value: JsonDocument): Diff => ({
  operation: 0,
  path,
  value: binaryJson(value),
});
const insert = (path: string, value: JsonDocument): Diff => ({
  operation: 1,
  path,
  value: binaryJson(value),
});
const remove = (path: string): Diff => ({ operation: 2, path });

function packed(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length << 8);
  length[0] = 253;
  return Buffer.concat([bytes.length < 251 ? Buffer.of(bytes.length) : length, bytes]);
}

function diffBytes(diffs: readonly Diff[]): Buffer {
  return Buffer.concat(
    diffs.flatMap(({ operation, path, value }) => [
      Buffer.of(operation),
      packed(Buffer.from(path)),
      ...(value === undefined ? [] : [packed(value)]),
    ]),
  );
}

/** The binary document that differences make of another. */
function applied(before: Buffer, diffs: Buffer, moves = MOVES_PER_EVENT): Buffer {
  const document = documentOf({ bytes: before, end: before.length }, 0);
  const reader = new EventReader({ bytes: diffs, end: diffs.length }, 0);
  const out = new OutputBuffer({ initialBytes: 16 });
  encodeJson(applyJsonDiffs(document, reader, { left: moves }), out);
  return out.copyFrom();
}

function textOf(document: Buffer): string {
  const out = new OutputBuffer();
  appendBinaryJson({ bytes: document, end: document.length }, 0, out);
  return out.written().toString();
}

const after = (before: JsonDocument, ...diffs: Diff[]): string =>
  textOf(applied(binaryJson(before), diffBytes(diffs)));

/** Picks places and values until there is a difference that fits the document, makes it there and tells it. */
function randomDiff(document: JsonDocument, pick: (limit: number) => number, value: JsonDocument): Diff {
  let path = '$';
  let parent = document;
  for (;;) {
    const isNew = pick(3) === 0;
    if (parent instanceof Map) {
      const keys = [...parent.keys()];
      const key = isNew || keys.length === 0 ? `new ${pick(50)}` : (keys[pick(keys.length)] as string);
      path += `.${/^[a-z]+$/.test(key) ? key : JSON.stringify(key)}`;
      const child = parent.get(key);
      if (isContainer(child) && pick(3) > 0) parent = child;
      else return changeMember(parent, { key, path, value }, pick(2) === 0);
    } else if (Array.isArray(parent)) {
      const cell = isNew ? parent.length + pick(2) : pick(parent.length);
      const fromEnd = cell < parent.length && pick(3) === 0;
      path += fromEnd ? `[last-${parent.length - 1 - cell}]`.replace('-0]', ']') : `[${cell}]`;
      const child = parent[cell];
      if (isContainer(child) && pick(3) > 0) parent = child;
      else return changeCell(parent, { cell, path, value }, pick(3));
    } else throw new TypeError('no container');
  }
}

function isContainer(
  document: JsonDocument | undefined,
): document is JsonDocument[] | Map<string, JsonDocument> {
  return document instanceof Map || Array.isArray(document);
}

function changeMember(
  parent: Map<string, JsonDocument>,
  { key, path, value }: { key: string; path: string; value: JsonDocument },
  removes: boolean,
): Diff {
  if (!parent.has(key)) {
    parent.set(key, value);
    return insert(path, value);
  }
  if (removes) parent.delete(key);
  else parent.set(key, value);
  return removes ? remove(path) : replace(path, value);
}

function changeCell(
  parent: JsonDocument[],
  { cell, path, value }: { cell: number; path: string; value: JsonDocument },
  operation: number,
): Diff {
  const isThere = cell < parent.length;
  if (isThere && operation === 0) parent[cell] = value;
  else if (isThere && operation === 2) parent.splice(cell, 1);
  else parent.splice(cell, 0, value);
  if (!isThere || operation === 1) return insert(path, value);
  return operation === 0 ? replace(path, value) : remove(path);
}

describe('differences of a JSON document', () => {
  it('make what they say of any document, and binary JSON that is read as such', () => {
    const change = fc.record({
      picks: fc.array(fc.nat(), { minLength: 1, maxLength: 12 }),
      value: jsonDocument,
    });
    const given = fc.record({
      document: jsonDocument.filter(isContainer),
      changes: fc.array(change, { maxLength: 8 }),
      large: fc.boolean(),
    });
    fc.assert(
      fc.property(given, ({ document, changes, large }) => {
        const model = structuredClone(document);
        const before = binaryJson(document, large);
        const diffs = changes.map(({ picks, value }) => {
          let next = 0;
          const pick = (limit: number): number => (picks[next++ % picks.length] ?? 0) % Math.max(limit, 1);
          return randomDiff(model, pick, structuredClone(value));
        });
        expect(textOf(applied(before, diffBytes(diffs)))).toBe(jsonText(model));
      }),
      { numRuns: 500 },
    );
  });

  it('leave the bytes of a document that is changed and changed back as they were', () => {
    fc.assert(
      fc.property(jsonDocument.filter(isContainer), (document) => {
        const isObject = document instanceof Map;
        const path = isObject ? '$."not there"' : `[${document.length}]`.replace('[', '$[');
        const diffs = diffBytes([insert(path, 'x'), remove(path)]);
        expect(applied(binaryJson(document), diffs)).toEqual(binaryJson(document));
      }),
    );
  });

  it('put cells beyond an array at its end, or at its start where they are counted from the end', () => {
    expect(after([1, 2], insert('$[7]', 3))).toBe('[1,2,3]');
    expect(after([1, 2], insert('$[last-7]', 0))).toBe('[0,1,2]');
    expect(after([1, 2], insert('$[last]', 0))).toBe('[1,0,2]');
    expect(after([], insert('$[last]', 0), insert('$[0]', 1))).toBe('[1,0]');
  });

  it('reach into what they have put there', () => {
    const made = after(new Map(), insert('$.a', [new Map()]), insert('$.a[0].b', 1), replace('$.a[0].b', 2));
    expect(made).toBe('{"a":[{"b":2}]}');
  });

  it('grow a document into the large format and shrink it out of it', () => {
    const grown = applied(binaryJson(new Map([['a', 1]])), diffBytes([insert('$.b', 'x'.repeat(70_000))]));
    expect(grown[0]).toBe(1);
    expect(applied(grown, diffBytes([remove('$.b')]))).toEqual(binaryJson(new Map([['a', 1]])));
  });

  it('are none where a document stayed as it was', () => {
    expect(textOf(applied(Buffer.alloc(0), Buffer.alloc(0)))).toBe('null');
    expect(after('text')).toBe('"text"');
  });

  const misfits: [string, JsonDocument, Diff][] = [
    ['replaces a member that is not there', new Map(), replace('$.a', 1)],
    ['replaces a cell that is not there', [1], replace('$[1]', 1)],
    ['removes a member that is not there', new Map(), remove('$.a')],
    ['removes a cell that is not there', [1], remove('$[last-1]')],
    ['adds a member that is there', new Map([['a', 1]]), insert('$.a', 1)],
    ['adds a member to an array', [1], insert('$.a', 1)],
    ['adds a cell to an object', new Map([['a', 1]]), insert('$[0]', 1)],
    ['goes through a scalar', new Map([['a', 1]]), insert('$.a.b', 1)],
    ['is to a scalar', 1, replace('$.a', 1)],
    ['adds a key longer than keys can be', new Map(), insert(`$.${'k'.repeat(65_536)}`, 1)],
    ['has a path to the whole document', new Map(), replace('$', 1)],
    ['has a path to many places', [1], replace('$[*]', 1)],
    ['has a path to many places', [1], replace('$[0 to 1]', 1)],
    ['has a path to many members', new Map([['a', 1]]), replace('$.*', 1)],
    ['has a path that goes on for ever', [1], replace(`$${'[0]'.repeat(101)}`, 1)],
    ['has a path that does not end', new Map(), insert('$."a', 1)],
    ['has a path that ends in an escape', new Map(), insert('$."a\\', 1)],
    ['has a path with an escape that there is not', new Map(), insert('$."\\x"', 1)],
    ['is of a kind that there is not', new Map(), { operation: 3, path: '$.a' }],
    ['has no value', new Map(), { operation: 1, path: '$.a', value: Buffer.alloc(0) }],
    [
      'has a value of a type that there is not',
      new Map(),
      { operation: 1, path: '$.a', value: Buffer.of(14, 0) },
    ],
    ['has a value that does not end', new Map(), { operation: 1, path: '$.a', value: Buffer.of(12, 9, 1) }],
  ];

  it.each(misfits)('are refused where one %s', (_title, before, diff) => {
    expect(() => applied(binaryJson(before), diffBytes([diff]))).toThrow(MALFORMED);
  });

  it('are refused where entries of a container share bytes, which would multiply with every change', () => {
    const document = binaryJson(['x'.repeat(200), 1]);
    document.copy(document, 8, 5, 8);
    expect(textOf(binaryJson(['x'.repeat(200), 1]))).toContain(',1]');
    expect(() => applied(document, diffBytes([insert('$[2]', 1)]))).toThrow(MALFORMED);
  });

  it('are refused where they move members without end', () => {
    const document = binaryJson(Array.from({ length: 1000 }, () => 0));
    const diffs = diffBytes(Array.from({ length: 1000 }, () => insert('$[0]', 0)));
    expect(applied(document, diffs).length).toBeGreaterThan(2000);
    expect(() => applied(document, diffs, 1_000_000)).toThrow(MALFORMED);
    const atEnd = diffBytes(Array.from({ length: 1000 }, (_, i) => insert(`$[${1000 + i}]`, 0)));
    expect(applied(document, atEnd, 0).length).toBeGreaterThan(2000);
  });
});
