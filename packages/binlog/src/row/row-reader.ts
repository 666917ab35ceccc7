import { malformed } from '../bytes/byte-source.ts';
import { imageColumns } from './row-layout.ts';
import type { RowCodecOptions, RowReader } from './row-writer-types.ts';

/** Compiles the decoder of a table's row images to values. Columns that are not included are left undefined. */
export function compileRowReader(options: RowCodecOptions): RowReader {
  const columns = imageColumns(options);
  const bitmapBytes = (columns.length + 7) >> 3;
  const width = options.schema.columns.length;
  return {
    readRow(src, pos, values) {
      values.length = width;
      values.fill(undefined);
      let at = pos + bitmapBytes;
      if (at > src.end) throw malformed('A row image ends inside its null bitmap.');
      columns.forEach(({ column, codec, included }, i) => {
        if (((src.bytes[pos + (i >> 3)] ?? 0) & (1 << (i & 7))) !== 0) {
          if (included) values[column.ordinal] = null;
          return;
        }
        if (at + codec.minBytes > src.end) throw malformed(`A row image ends inside column ${column.name}.`);
        const next = codec.skip(src, at);
        if (next > src.end) throw malformed(`A row image ends inside column ${column.name}.`);
        if (included) values[column.ordinal] = codec.readValue(src, at);
        at = next;
      });
      return at;
    },
  };
}
