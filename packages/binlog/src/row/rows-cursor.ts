import { malformed } from '../bytes/byte-source.ts';
import type { RowsEvent } from '../events/rows-event.ts';
import type { RowWriter } from './row-writer-types.ts';

/** Skips one row image; a {@link RowWriter} compiled for the image's bitmap. */
type ImageSkipper = Pick<RowWriter, 'skipRow'>;

/**
 * Walks over the rows of an event without writing them: for filters and for skipping rows after a restart.
 * A consumer that writes every row needs no cursor, since `writeRow` returns where the next image starts.
 */
export class RowsCursor {
  readonly #rows: RowsEvent;
  readonly #first: ImageSkipper;
  readonly #second: ImageSkipper | null;
  #next: number;
  /** Offset of the row's before image, or -1 for an insert. Valid after `next()` returned true. */
  before = -1;
  /** Offset of the row's after image, or -1 for a delete. */
  after = -1;
  /** Offset behind the row. */
  end = -1;
  /** Number of the row in its event, from 0. */
  index = -1;

  /** `images.after` is needed for updates whose two bitmaps differ; else `images.first` serves both. */
  constructor(rows: RowsEvent, images: { first: ImageSkipper; after?: ImageSkipper }) {
    this.#rows = rows;
    this.#first = images.first;
    this.#second = rows.kind === 'update' ? (images.after ?? images.first) : null;
    this.#next = rows.start;
  }

  /** Moves to the next row; false when there is none. Throws `BINLOG_EVENT_MALFORMED`. */
  next(): boolean {
    const rows = this.#rows;
    if (this.#next >= rows.end) return false;
    const first = this.#next;
    const second = this.#first.skipRow(rows, first);
    if (second <= first) throw malformed('A row image takes no bytes.');
    this.before = rows.kind === 'insert' ? -1 : first;
    this.after = rows.kind === 'insert' ? first : rows.kind === 'update' ? second : -1;
    this.end = this.#second === null ? second : this.#second.skipRow(rows, second);
    this.#next = this.end;
    this.index++;
    return true;
  }
}
