import type { OutputBuffer } from '../bytes/output-buffer.ts';
import type { ColumnType } from '../table/table-schema.ts';
import type { ImageCodec, TextJsonWriter } from './column-codec.ts';

const NULL_BYTES = 4;
const SMALL_N = 0x6e;

/** The types that have values without a form, which are written as null: zero dates, a TIME that is no time of day. */
export function mayWriteNull({ family }: ColumnType): boolean {
  return family === 'date' || family === 'time' || family === 'datetime' || family === 'timestamp';
}

/** Makes `json` of the null that a codec writes. */
export function replacingNull(codec: ImageCodec, json: Buffer): ImageCodec {
  return {
    ...codec,
    writeJson(src, pos, out) {
      const start = out.length;
      const next = codec.writeJson(src, pos, out);
      replaceNullAt(out, start, json);
      return next;
    },
  };
}

/** The same for cells of the text protocol. */
export function replacingNullText(writer: TextJsonWriter, json: Buffer): TextJsonWriter {
  return (cell, out) => {
    const start = out.length;
    writer(cell, out);
    replaceNullAt(out, start, json);
  };
}

function replaceNullAt(out: OutputBuffer, start: number, json: Buffer): void {
  if (out.length - start !== NULL_BYTES || out.bytes[start] !== SMALL_N) return;
  out.truncate(start);
  out.appendBytes(json);
}
