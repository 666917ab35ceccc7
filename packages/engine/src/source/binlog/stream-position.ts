import { FLAG_ARTIFICIAL, type RawEvent } from '@sealane/binlog/events/raw-event';

const WRAP = 2 ** 32;

/**
 * Follows the place of each event in the binlog file. MariaDB writes no position into events inside a transaction,
 * and both servers write it modulo 2^32, so it is counted and corrected by what an event says of itself.
 */
export class StreamPosition {
  file: string;
  /** Behind the newest event. */
  position: number;
  /**
   * Start of the newest event whose position the server told: what Debezium shows as `source.pos`. MariaDB 11.4 tells none inside
   * a transaction, so there it is the GTID event's.
   */
  toldStart: number;

  constructor(file: string, position: number) {
    this.file = file;
    this.position = position;
    this.toldStart = position;
  }

  rotate(file: string, position: number): void {
    this.file = file;
    this.position = position;
    this.toldStart = position;
  }

  /** Adopts a place that the server told, its position perhaps modulo 2^32. */
  stand(file: string, position: number): void {
    const wraps = file === this.file ? Math.max(0, Math.round((this.position - position) / WRAP)) : 0;
    this.rotate(file, position + wraps * WRAP);
  }

  /** Moves behind the event and returns where it starts. Events that stand in no file leave the position alone. */
  pass(event: RawEvent): number {
    const next = event.nextPosition;
    const length = event.eventLength;
    if ((event.flags & FLAG_ARTIFICIAL) !== 0) return this.position;
    if (next === 0) {
      const start = this.position;
      this.position += length;
      return start;
    }
    const wraps = Math.round((this.position + length - next) / WRAP);
    this.position = next + Math.max(0, wraps) * WRAP;
    this.toldStart = this.position - length;
    return this.toldStart;
  }
}
