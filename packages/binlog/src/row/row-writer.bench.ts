import { OutputBuffer } from '../bytes/output-buffer.ts';
import { DEFAULT_HANDLING_MODES } from '../columns/handling-modes.ts';
import { EventType } from '../events/event-type.ts';
import { isRowsEvent, parseRowsEvent } from '../events/parse-rows-event.ts';
import { TableMapCache } from '../events/table-map-cache.ts';
import { schemaFromTableMap } from '../table/schema-from-table-map.ts';
import { readBinlogFile } from '../testing/binlog-file.ts';
import { loadNativeRows } from './native-rows.ts';
import { compileRowWriter } from './row-writer.ts';
import type { RowWriter } from './row-writer-types.ts';

/** `--script`: without native code. */
const native = process.argv.includes('--script') ? null : loadNativeRows();
const ROWS = 2_000_000;
const PREFIX = Buffer.from('{"before":null,"after":');
const SUFFIX = Buffer.from(
  ',"source":{"version":"0.1.0","connector":"mariadb","name":"shop","ts_ms":1700000000000,"snapshot":"false","db":"shop","sequence":null,"ts_us":1700000000000000,"ts_ns":1700000000000000000,"table":"orders","server_id":1,"gtid":"0-1-12345","file":"mysql-bin.000001","pos":123456,"row":12,"thread":null,"query":null},"transaction":null,"op":"c","ts_ms":1700000000000,"ts_us":1700000000000000,"ts_ns":1700000000000000000}',
);

/** Rows of the captured orders table per second, from row image bytes to envelope bytes, on one thread. */
function run(): string {
  const events = readBinlogFile(new URL('../../fixtures/mariadb-11.4-orders.binlog', import.meta.url), 4);
  const cache = new TableMapCache();
  const out = new OutputBuffer();
  const writers = new Map<object, RowWriter>();
  let rows = 0;
  let bytes = 0;
  const start = process.hrtime.bigint();
  const cpuStart = process.cpuUsage();
  while (rows < ROWS) {
    for (const event of events) {
      if (event.type === EventType.TABLE_MAP) cache.get(event);
      if (!isRowsEvent(event.type)) continue;
      const rowsEvent = parseRowsEvent(event);
      if (rowsEvent.kind !== 'insert') continue;
      const map = cache.find(rowsEvent.tableId);
      if (map === undefined) throw new Error('the fixture has rows without a table map');
      let writer = writers.get(map);
      if (writer === undefined) {
        const schema = schemaFromTableMap(map);
        if (schema === null) throw new Error('the fixture has no FULL metadata');
        writer = compileRowWriter({
          schema,
          tableMap: map,
          modes: DEFAULT_HANDLING_MODES,
          present: null,
          native,
        });
        writers.set(map, writer);
      }
      for (let pos = rowsEvent.start; pos < rowsEvent.end; ) {
        out.truncate(0);
        out.appendBytes(PREFIX);
        pos = writer.writeRow(rowsEvent, pos, out);
        out.appendBytes(SUFFIX);
        rows++;
        bytes += out.length;
      }
    }
  }
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const cpu = process.cpuUsage(cpuStart);
  const cpuSeconds = (cpu.user + cpu.system) / 1e6;
  const perRow = Math.round(bytes / rows);
  return `${Math.round(rows / seconds).toLocaleString('en')} rows/s (${Math.round(rows / cpuSeconds).toLocaleString('en')} per CPU second), ${perRow} B/row, last: ${out.bytes.toString('utf8', 0, out.length)}\n`;
}

process.stdout.write(run());
