import { describe, expect, it } from 'vitest';
import { DEFAULT_HANDLING_MODES } from '../columns/handling-modes.ts';
import { EventType } from '../events/event-type.ts';
import { isPartialRows, parsePartialRowsEvent, parseRowsEvent } from '../events/parse-rows-event.ts';
import { RawEvent } from '../events/raw-event.ts';
import type { RowsEvent } from '../events/rows-event.ts';
import type { TableMap } from '../events/table-map.ts';
import { TableMapCache } from '../events/table-map-cache.ts';
import { schemaFromTableMap } from '../table/schema-from-table-map.ts';
import { readBinlogFile } from '../testing/binlog-file.ts';
import { compilePartialRows } from './partial-rows.ts';
import { compileRowReader } from './row-reader.ts';

const MALFORMED = expect.objectContaining({ code: 'BINLOG_EVENT_MALFORMED' });
const FIXTURE = new URL('../../fixtures/mysql-9.7-partial-json.binlog', import.meta.url);

interface Partial {
  readonly event: RawEvent;
  readonly map: TableMap;
}

/** Every update of the capture, with the map of its table. */
function partials(): Partial[] {
  const cache = new TableMapCache();
  return readBinlogFile(FIXTURE, 4).flatMap((event) => {
    if (event.type === EventType.TABLE_MAP) cache.get(event);
    if (!isPartialRows(event.type)) return [];
    return [{ event, map: cache.find(parsePartialRowsEvent(event).partial.tableId) as TableMap }];
  });
}

function schemaOf(map: TableMap) {
  const schema = schemaFromTableMap(map);
  if (schema === null) throw new Error('the fixture has no FULL metadata');
  return schema;
}

function expand({ event, map }: Partial): RowsEvent {
  return compilePartialRows({ schema: schemaOf(map), tableMap: map }).expand(parsePartialRowsEvent(event));
}

/** The values of both images of every row. */
function valuesOf(rows: RowsEvent, map: TableMap): { before: unknown[]; after: unknown[] }[] {
  const options = { schema: schemaOf(map), tableMap: map, modes: DEFAULT_HANDLING_MODES };
  const first = compileRowReader({ ...options, present: rows.present });
  const second = compileRowReader({ ...options, present: rows.presentAfter });
  const found: { before: unknown[]; after: unknown[] }[] = [];
  for (let pos = rows.start; pos < rows.end; ) {
    const row = { before: [], after: [] };
    pos = second.readRow(rows, first.readRow(rows, pos, row.before), row.after);
    found.push(row);
  }
  return found;
}

/** A copy of the event with nothing around it, changed. */
function changed({ event, map }: Partial, change: (bytes: Buffer) => Buffer): Partial {
  const bytes = change(Buffer.from(event.bytes.subarray(event.start, event.end)));
  return { event: new RawEvent(bytes, 0, bytes.length), map };
}

function at(bytes: Buffer, text: string): number {
  const found = bytes.indexOf(text);
  if (found === -1) throw new Error(`${text} is not in the event`);
  return found;
}

const captured = partials();
const whole = captured.filter(({ event }) => {
  const { present } = parsePartialRowsEvent(event).partial;
  return present === null || present[0] !== 1;
});

describe('updates with JSON as differences', () => {
  it('become updates whose next before image is the after image of the one before', () => {
    const latest = new Map<string, unknown>();
    let compared = 0;
    for (const partial of whole) {
      const rows = expand(partial);
      expect(rows.kind).toBe('update');
      if (rows.present !== null) continue;
      for (const { before, after } of valuesOf(rows, partial.map)) {
        const row = `${partial.map.table} ${before[0]}`;
        if (latest.has(row)) {
          compared++;
          expect(before).toEqual(latest.get(row));
        }
        latest.set(row, after);
      }
    }
    expect(compared).toBeGreaterThan(10);
    expect(latest.get('parts 0')).toMatchObject([
      0,
      '{"big":12.50,"pad":"short"}',
      1,
      /x/,
      '[]',
      null,
      /2024/,
    ]);
  });

  it('are refused, with the settings to blame, where the row image has no document before', () => {
    const minimal = captured.filter((partial) => !whole.includes(partial));
    expect(minimal).toHaveLength(2);
    const [full, differences] = minimal as [Partial, Partial];
    expect(valuesOf(expand(full), full.map)).toHaveLength(3);
    expect(() => expand(differences)).toThrow(
      expect.objectContaining({
        code: 'BINLOG_EVENT_UNSUPPORTED',
        remedy: expect.stringContaining("binlog_row_image = 'FULL'"),
      }),
    );
  });

  it('are not taken for ordinary updates', () => {
    expect(() => parseRowsEvent((whole[0] as Partial).event)).toThrow(
      expect.objectContaining({ code: 'BINLOG_EVENT_UNSUPPORTED' }),
    );
  });

  it('are refused where the event is cut anywhere', () => {
    const [partial] = whole as [Partial];
    const size = partial.event.end - partial.event.start;
    const ends = valuesOf(expand(partial), partial.map).length;
    expect(ends).toBe(1);
    for (let cut = partial.event.bodyStart - partial.event.start + 16; cut < size; cut++) {
      expect(() => expand(changed(partial, (bytes) => bytes.subarray(0, cut)))).toThrow(MALFORMED);
    }
  });

  const damages: [string, (bytes: Buffer, path: number) => void][] = [
    ['options that are not known', (bytes, path) => bytes.writeUInt8(2, optionsAt(bytes, path))],
    ['more bytes of differences than the event', (bytes, path) => bytes.writeUInt32LE(1e6, path - 6)],
    ['a difference that is longer than them all', (bytes, path) => bytes.writeUInt32LE(9, path - 6)],
    ['a path that is longer than the event', (bytes, path) => bytes.writeUInt8(250, path - 1)],
  ];

  it.each(damages)('are refused where they have %s', (_title, damage) => {
    const partial = whole.find(({ map }) => map.table === 'parts') as Partial;
    const broken = changed(partial, (bytes) => {
      damage(bytes, at(bytes, '$.a.b[1]'));
      return bytes;
    });
    expect(() => expand(broken)).toThrow(MALFORMED);
  });

  it('are refused where they are to a document that was NULL', () => {
    const partial = whole.find(({ map }) => map.table === 'parts') as Partial;
    const broken = changed(partial, (bytes) => {
      const options = optionsAt(bytes, at(bytes, '$.a.b[1]'));
      bytes.writeUInt16LE(0b111, options + 1);
      // Behind `c` stands a DATE of three bytes.
      return Buffer.concat([bytes.subarray(0, -3), Buffer.alloc(4), bytes.subarray(-3)]);
    });
    expect(() => expand(broken)).toThrow(
      expect.objectContaining({ code: 'BINLOG_EVENT_MALFORMED', why: expect.stringContaining('was NULL') }),
    );
  });
});

/** Behind the options stand bits (`b` has no differences, but as such), the null bitmap, `id`, a length, a kind and another length. */
function optionsAt(bytes: Buffer, path: number): number {
  const options = path - 6 - 4 - 1 - 1 - 1;
  if (bytes[options] !== 1 || bytes[options + 1] !== 0b011) throw new Error('the options are elsewhere');
  return options;
}
