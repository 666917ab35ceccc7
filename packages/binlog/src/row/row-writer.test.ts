import { describe, expect, it } from 'vitest';
import { OutputBuffer } from '../bytes/output-buffer.ts';
import { DEFAULT_HANDLING_MODES } from '../columns/handling-modes.ts';
import { EventType } from '../events/event-type.ts';
import { isRowsEvent, parseRowsEvent } from '../events/parse-rows-event.ts';
import type { RawEvent } from '../events/raw-event.ts';
import type { RowsEvent } from '../events/rows-event.ts';
import { TableMapCache } from '../events/table-map-cache.ts';
import { schemaFromTableMap } from '../table/schema-from-table-map.ts';
import { readBinlogFile } from '../testing/binlog-file.ts';
import { checkWrittenAfter } from '../testing/written-after.ts';
import { loadNativeRows, type NativeRows } from './native-rows.ts';
import { compileRowWriter } from './row-writer.ts';
import type { RowWriter } from './row-writer-types.ts';

interface Rows {
  readonly rows: RowsEvent;
  readonly writer: RowWriter;
}

const fixture = (name: string): RawEvent[] =>
  readBinlogFile(new URL(`../../fixtures/mariadb-11.4-${name}.binlog`, import.meta.url), 4);

interface Writing {
  readonly native: NativeRows | null;
  readonly included?: (ordinal: number) => boolean;
}

/** The rows events of a fixture, each with a writer of its images. */
function rowsOf(events: readonly RawEvent[], { native, included = () => true }: Writing): Rows[] {
  const cache = new TableMapCache();
  for (const event of events) if (event.type === EventType.TABLE_MAP) cache.get(event);
  return events
    .filter(({ type }) => isRowsEvent(type))
    .map((event) => {
      const rows = parseRowsEvent(event);
      const tableMap = cache.find(rows.tableId);
      const schema = tableMap === undefined ? null : schemaFromTableMap(tableMap);
      if (tableMap === undefined || schema === null) throw new Error('the fixture has no FULL metadata');
      const { present } = rows;
      const writer = compileRowWriter({
        schema,
        tableMap,
        modes: DEFAULT_HANDLING_MODES,
        present,
        included,
        native,
      });
      return { rows, writer };
    });
}

/** An image and its like with one byte changed, one behind the other; null where the second is no image any more. */
function changedPair({ rows, writer }: Rows, changed: number): { rows: RowsEvent; after: number } | null {
  const image = rows.bytes.subarray(rows.start, writer.skipRow(rows, rows.start));
  const bytes = Buffer.concat([image, image]);
  const at = image.length + changed;
  bytes[at] = (bytes[at] as number) ^ 0x01;
  const pair = { ...rows, bytes, start: 0, end: bytes.length };
  try {
    writer.writeRow(pair, image.length, new OutputBuffer());
  } catch {
    return null;
  }
  return { rows: pair, after: image.length };
}

describe.each([
  ['native code', loadNativeRows()],
  ['JavaScript alone', null],
])('an after image that takes over what its before image has, by %s', (_title, native) => {
  it('is what it would be alone, row behind row', () => {
    let pairs = 0;
    for (const { rows, writer } of rowsOf(fixture('orders'), { native })) {
      for (let before = rows.start; before < rows.end; pairs++) {
        const after = writer.skipRow(rows, before);
        if (after < rows.end) checkWrittenAfter(writer, rows, { before, after });
        before = after;
      }
    }
    expect(pairs).toBeGreaterThan(100);
  });

  it.each([
    ['all columns', () => true],
    ['some columns', (ordinal: number) => ordinal % 3 !== 0],
  ])('is what it would be alone, whichever byte was changed: %s of every type', (_title, included) => {
    const [first] = rowsOf(fixture('types'), { native, included });
    if (first === undefined) throw new Error('the fixture has no rows');
    const size = first.writer.skipRow(first.rows, first.rows.start) - first.rows.start;
    const pairs = Array.from({ length: size }, (_, byte) => changedPair(first, byte)).filter(
      (pair) => pair !== null,
    );
    expect(pairs.length).toBeGreaterThan(size / 2);
    for (const { rows, after } of pairs) checkWrittenAfter(first.writer, rows, { before: 0, after });
  });
});
