import type { OperationCounts, TableCounters } from '@sealane/contracts/live';

/** Counters of one table, counted up in place while rows flow. */
export interface TableMeter extends OperationCounts {
  readonly table: string;
  readonly topic: string;
  truncate: number;
  bytes: number;
  /** Commit time of the newest record, epoch milliseconds; 0 before the first. */
  lastEventAtMs: number;
}

export function newTableMeter(table: string, topic: string): TableMeter {
  const operations = { create: 0, update: 0, delete: 0, read: 0, truncate: 0, tombstone: 0 };
  return { table, topic, ...operations, bytes: 0, lastEventAtMs: 0 };
}

/** The live form of a meter. */
export function tableCounters(meter: TableMeter): TableCounters {
  return { ...meter, lastEventAtMs: meter.lastEventAtMs === 0 ? null : meter.lastEventAtMs };
}
