import { OutputBuffer } from '../bytes/output-buffer.ts';
import type { RowsEvent } from '../events/rows-event.ts';
import type { RowWriter } from '../row/row-writer-types.ts';

/** Throws unless the image at `after` is the same, written behind the image at `before` and by itself. */
export function checkWrittenAfter(
  writer: RowWriter,
  rows: RowsEvent,
  { before, after }: { before: number; after: number },
): void {
  const out = new OutputBuffer();
  const aloneEnd = writer.writeRow(rows, after, out);
  const alone = out.copyFrom();
  out.truncate(0);
  writer.writeRow(rows, before, out);
  const start = out.length;
  const end = writer.writeAfter(rows, after, out);
  const text = out.copyFrom(start);
  if (end !== aloneEnd || !text.equals(alone))
    throw new TypeError(`alone until ${aloneEnd}: ${alone}\nbehind another until ${end}: ${text}`);
}
