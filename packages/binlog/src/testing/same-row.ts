import { SealaneError } from '@sealane/errors/sealane-error';
import { OutputBuffer } from '../bytes/output-buffer.ts';
import type { RowsEvent } from '../events/rows-event.ts';
import type { RowWriter } from '../row/row-writer-types.ts';

/** Far above what a fixture's row makes, far below what a machine has. */
export const MAX_ROW_BYTES = 64 * 1024 * 1024;

/** Throws unless native code and JavaScript alone write the same bytes of the image at `pos`, or fail alike. */
export function checkSameRow(
  rows: RowsEvent,
  pos: number,
  { native, script }: { native: RowWriter; script: RowWriter },
): void {
  const first = written(native, rows, pos);
  const second = written(script, rows, pos);
  if (first !== second) throw new TypeError(`natively: ${first}\nby script: ${second}`);
}

function written(writer: RowWriter, rows: RowsEvent, pos: number): string {
  const out = new OutputBuffer({ maxBytes: MAX_ROW_BYTES });
  try {
    const end = writer.writeRow(rows, pos, out);
    return `${end}: ${out.bytes.toString('latin1', 0, out.length)}`;
  } catch (thrown) {
    if (!(thrown instanceof SealaneError)) throw thrown;
    return `${thrown.code}: ${thrown.message} ${thrown.why}`;
  }
}
