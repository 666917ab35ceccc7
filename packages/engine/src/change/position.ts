import type { BinlogPosition } from '@sealane/binlog/session/session-options';

/** A place between two transactions (or two events) of the source: both coordinates of one moment. */
export type Position = BinlogPosition;

/** Where a restart continues: at a transaction's start, past what of it is already delivered. */
export interface ResumePoint {
  /** Start of the transaction to read first; everything before it is delivered. */
  readonly position: Position;
  /** Events of that transaction that are delivered, counted from its BEGIN (MariaDB: its GTID event), inclusive. */
  readonly eventsDone: number;
  /** Rows delivered of the event behind those. */
  readonly rowsDone: number;
  /** `ServerInfo.identity` of the server whose file and events these are; null: not known. GTIDs hold on every server. */
  readonly server: string | null;
}

/**
 * Whether a place comes before another, or is the same one, in the binlog of one server. `binlog.000010` follows `binlog.000009`, and
 * `binlog.1000000` follows `binlog.999999`.
 */
export function isUpTo(
  place: Pick<Position, 'file' | 'position'>,
  than: Pick<Position, 'file' | 'position'>,
): boolean {
  if (place.file === than.file) return place.position <= than.position;
  return place.file.length === than.file.length
    ? place.file < than.file
    : place.file.length < than.file.length;
}
