import { parseMysqlGtid } from '@sealane/binlog/events/parse-mysql-gtid';
import type { RawEvent } from '@sealane/binlog/events/raw-event';
import { type Gtid, TextGtid } from '@sealane/binlog/gtid/gtid';

/** A transaction's GTID, told by the event before its BEGIN. */
export interface PendingGtid {
  gtid: Gtid | null;
  position: number;
  /** On the server we read from, by its clock; null where it says nothing finer than seconds. */
  committedAtUs: number | null;
  /** On the server where it was first executed: what Debezium shows, when the source keeps GTIDs. */
  firstCommittedAtUs: number | null;
}

/** What MySQL's GTID event at `position` tells. */
export function mysqlGtid(event: RawEvent, position: number): PendingGtid {
  const { gtid, immediateCommitTimestampUs, originalCommitTimestampUs } = parseMysqlGtid(event);
  const showsMicroseconds = gtid !== null && originalCommitTimestampUs !== null;
  return {
    gtid: gtid === null ? null : new TextGtid(gtid),
    position,
    committedAtUs: immediateCommitTimestampUs,
    firstCommittedAtUs: showsMicroseconds ? originalCommitTimestampUs : null,
  };
}

/** The time of `source`, as Debezium takes it: MySQL's GTID event has microseconds, any other event whole seconds. */
export function commitUs(event: RawEvent, gtid: PendingGtid | null): number {
  return gtid?.firstCommittedAtUs ?? event.timestamp * 1_000_000;
}

/** The same in whole milliseconds. */
export function commitMs(event: RawEvent, gtid: PendingGtid | null): number {
  return Math.floor(commitUs(event, gtid) / 1000);
}
