import { SealaneError } from '@sealane/errors/sealane-error';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutputBuffer } from '../bytes/output-buffer.ts';
import { DEFAULT_HANDLING_MODES } from '../columns/handling-modes.ts';
import { compileKeyWriter } from '../row/key-writer.ts';
import { compileRowReader } from '../row/row-reader.ts';
import { compileRowWriter } from '../row/row-writer.ts';
import { schemaFromTableMap } from '../table/schema-from-table-map.ts';
import { readBinlogFile } from '../testing/binlog-file.ts';
import { EventType } from './event-type.ts';
import { parseHeartbeat, parseRotate, parseRowsQuery, parseXid } from './parse-control.ts';
import { parseGtidList, parseMariadbGtid } from './parse-mariadb-gtid.ts';
import { parseMysqlGtid } from './parse-mysql-gtid.ts';
import { parsePreviousGtids } from './parse-previous-gtids.ts';
import { parseQuery } from './parse-query.ts';
import { isRowsEvent, parseRowsEvent } from './parse-rows-event.ts';
import { parseTableMap } from './parse-table-map.ts';
import { RawEvent } from './raw-event.ts';
import type { TableMap } from './table-map.ts';
import { expandTransactionPayload } from './transaction-payload.ts';

const FILES = ['mariadb-11.4-orders.binlog', 'mariadb-11.4-types.binlog'].map((name) =>
  readBinlogFile(new URL(`../../fixtures/${name}`, import.meta.url), 4),
);
const PARSERS: Partial<Record<number, (event: RawEvent) => unknown>> = {
  [EventType.ROTATE]: parseRotate,
  [EventType.QUERY]: parseQuery,
  [EventType.MARIADB_QUERY_COMPRESSED]: parseQuery,
  [EventType.XID]: parseXid,
  [EventType.MARIADB_GTID]: parseMariadbGtid,
  [EventType.MARIADB_GTID_LIST]: parseGtidList,
  [EventType.MARIADB_ANNOTATE_ROWS]: parseRowsQuery,
  [EventType.TABLE_MAP]: parseTableMap,
};

/** Every use of a rows event there is: written, skipped, keyed and decoded. */
function useRows(event: RawEvent, map: TableMap): number {
  const schema = schemaFromTableMap(map);
  if (schema === null) throw new Error('the fixture has no FULL metadata');
  const rows = parseRowsEvent(event);
  if (rows.columnCount !== map.types.length) return 0;
  const options = { schema, tableMap: map, modes: DEFAULT_HANDLING_MODES, present: rows.present };
  const writer = compileRowWriter(options);
  const key = compileKeyWriter(options);
  const reader = compileRowReader(options);
  const out = new OutputBuffer({ maxBytes: 16 * 1024 * 1024 });
  let count = 0;
  for (let pos = rows.start; pos < rows.end; count++) {
    out.truncate(0);
    reader.readRow(rows, pos, []);
    key?.writeKey(rows, pos, out);
    const skipped = writer.skipRow(rows, pos);
    pos = writer.writeRow(rows, pos, out);
    expect(pos).toBe(skipped);
  }
  return count;
}

/** Runs `use` and lets only the error for malformed events pass. */
function onlyMalformed(use: () => unknown): void {
  try {
    use();
  } catch (error) {
    if (!(error instanceof SealaneError)) throw error;
    expect([
      'BINLOG_EVENT_MALFORMED',
      'CHARSET_UNSUPPORTED',
      'BINLOG_EVENT_UNSUPPORTED',
      'OUTPUT_TOO_LARGE',
    ]).toContain(error.code);
  }
}

/** Rows events of the captures with the table map they belong to. */
function rowsWithMaps(): { event: RawEvent; map: TableMap }[] {
  return FILES.flatMap((events) => {
    let map: TableMap | null = null;
    return events.flatMap((event) => {
      if (event.type === EventType.TABLE_MAP) map = parseTableMap(event);
      return isRowsEvent(event.type) && map !== null ? [{ event, map }] : [];
    });
  });
}

/** The event alone in memory, so that a read beyond its end cannot find other events' bytes. */
function alone(event: RawEvent, change: (bytes: Buffer) => Buffer): RawEvent {
  const bytes = change(Buffer.from(event.bytes.subarray(event.start, event.end)));
  const copy = new RawEvent(bytes, 0, bytes.length);
  copy.flavor = event.flavor;
  return copy;
}

const cases = rowsWithMaps();

describe('events whose bytes are not what they should be', () => {
  it('decodes the captures themselves', () => {
    const rows = cases.reduce((sum, { event, map }) => sum + useRows(event, map), 0);
    expect(rows).toBeGreaterThan(500);
  });

  it('refuses rows events that are cut anywhere', () => {
    const pick = fc.record({
      index: fc.nat(cases.length - 1),
      cut: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(pick, ({ index, cut }) => {
        const { event, map } = cases[index] ?? (cases[0] as (typeof cases)[number]);
        const size = 19 + Math.floor(cut * (event.end - event.start - 19));
        onlyMalformed(() =>
          useRows(
            alone(event, (bytes) => bytes.subarray(0, size)),
            map,
          ),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('survives rows events with changed bytes', () => {
    const pick = fc.record({
      index: fc.nat(cases.length - 1),
      changes: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }),
    });
    fc.assert(
      fc.property(pick, ({ index, changes }) => {
        const { event, map } = cases[index] ?? (cases[0] as (typeof cases)[number]);
        onlyMalformed(() =>
          useRows(
            alone(event, (bytes) => mutate(bytes, changes)),
            map,
          ),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('survives every other event cut or changed', () => {
    const events = FILES.flat().filter((event) => PARSERS[event.type] !== undefined);
    const pick = fc.record({
      index: fc.nat(events.length - 1),
      changes: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
      cut: fc.nat(40),
    });
    fc.assert(
      fc.property(pick, ({ index, changes, cut }) => {
        const event = events[index] ?? (events[0] as RawEvent);
        const parse = PARSERS[event.type] ?? parseXid;
        onlyMalformed(() =>
          parse(
            alone(event, (bytes) => mutate(bytes.subarray(0, Math.max(19, bytes.length - cut)), changes)),
          ),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['MySQL GTID', EventType.GTID, parseMysqlGtid],
    ['tagged GTID', EventType.GTID_TAGGED, parseMysqlGtid],
    ['previous GTIDs', EventType.PREVIOUS_GTIDS, parsePreviousGtids],
    ['heartbeat', EventType.HEARTBEAT_V2, parseHeartbeat],
    ['transaction payload', EventType.TRANSACTION_PAYLOAD, expandTransactionPayload],
  ] as const)('survives a %s event of random bytes', (_name, type, parse) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (body) => {
        const bytes = Buffer.concat([Buffer.alloc(19), body]);
        bytes[4] = type;
        onlyMalformed(() => parse(new RawEvent(bytes, 0, bytes.length)));
      }),
      { numRuns: 1000 },
    );
  });
});

function mutate(bytes: Buffer, changes: readonly (readonly [number, number])[]): Buffer {
  for (const [at, value] of changes) if (bytes.length > 19) bytes[19 + (at % (bytes.length - 19))] = value;
  return bytes;
}
