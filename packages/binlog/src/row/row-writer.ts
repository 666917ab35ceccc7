import { isWorthNative, NativeRowWriter } from './native-row-writer.ts';
import { frameOf } from './row-frame.ts';
import { imageColumns } from './row-layout.ts';
import type { RowCodecOptions, RowWriter } from './row-writer-types.ts';
import { ScriptRowWriter } from './script-row-writer.ts';

/** Compiles the writer of one table's row images. */
export function compileRowWriter(options: RowCodecOptions): RowWriter {
  const columns = imageColumns(options);
  const frame = frameOf(options, columns);
  const script = new ScriptRowWriter(columns, frame);
  const native = options.native ?? null;
  return native === null || !isWorthNative(columns)
    ? script
    : new NativeRowWriter(native, script, { columns, frame });
}
