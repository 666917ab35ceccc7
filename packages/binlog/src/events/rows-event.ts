import type { ByteSource } from '../bytes/byte-source.ts';

export type RowsKind = 'insert' | 'update' | 'delete';

/**
 * A rows event, decompressed where it was compressed: `bytes[start..end)` holds its row images back to back,
 * for an update the before image and then the after image of each row.
 */
export interface RowsEvent extends ByteSource {
  readonly kind: RowsKind;
  readonly tableId: number;
  /** Offset of the first row image. */
  readonly start: number;
  readonly columnCount: number;
  /** Columns in the only image (insert: after, delete: before) or the before image; null = every column. */
  readonly present: Uint8Array | null;
  /** Columns in an update's after image; null = every column. */
  readonly presentAfter: Uint8Array | null;
  /** True on the last rows event of a statement. */
  readonly endOfStatement: boolean;
}

/**
 * An update whose after images are not row images yet: each has options in front of it, and JSON in it may be differences to
 * the before image's. See `compilePartialRows`.
 */
export interface PartialRowsEvent {
  readonly partial: RowsEvent;
}
