import type { ServerInfo } from '@sealane/binlog/session/server-info';
import type { Change } from '../change/change.ts';
import type { Position, ResumePoint } from '../change/position.ts';
import type { OffsetToStore } from './connect-offset.ts';
import { createGtidProgress, type GtidProgress } from './gtid-progress.ts';

/** The server that is read. */
export type TrackedSource = Pick<ServerInfo, 'flavor' | 'identity'>;

/** Marks waiting for acknowledgement; beyond it the newest replaces its predecessor. */
const MOST_MARKS = 1024;

/** A point of the stream and the last record before it. */
interface Mark {
  readonly sequence: number;
  readonly offset: OffsetToStore;
}

/**
 * Knows how far the stream is delivered. `passed` after every change, with the newest record's sequence number: it only moves
 * the tail; `mark` now and then, which remembers the tail; `acknowledged` tells the newest remembered point of which
 * every record is acknowledged. So an offset never moves past a record that Kafka has not confirmed.
 */
export class OffsetTracker {
  readonly #source: TrackedSource;
  readonly #marks: Mark[] = [];
  #gtids: GtidProgress;
  /** Whose file, position and events these are. */
  #server: string | null;
  #file: string;
  #position: number;
  #eventsDone: number;
  #rowsDone: number;
  #timestampMs: number | null = null;
  #serverId = 0;
  #sequence = 0;
  #snapshotRunning = false;
  #moved = false;

  constructor(source: TrackedSource, start: ResumePoint) {
    this.#source = source;
    this.#gtids = createGtidProgress(source.flavor, start.position.gtidSet);
    this.#server = start.server;
    this.#file = start.position.file;
    this.#position = start.position.position;
    this.#eventsDone = start.eventsDone;
    this.#rowsDone = start.rowsDone;
  }

  /** Where a stream that follows what has passed must begin. */
  get resume(): ResumePoint {
    const position: Position = { file: this.#file, position: this.#position, gtidSet: this.#gtids.toText() };
    return { position, eventsDone: this.#eventsDone, rowsDone: this.#rowsDone, server: this.#server };
  }

  /** Every record of the change is queued; `sequence` is the newest record's number. */
  passed(change: Change, sequence: number): void {
    this.#sequence = sequence;
    switch (change.tag) {
      case 'begin':
        if (this.#isAt(change)) return;
        this.#moveTo(change.file, change.position);
        return;
      case 'rows':
        // Events that a former run delivered may come again, to be counted.
        this.#eventsDone = Math.max(this.#eventsDone, change.event);
        this.#rowsDone = 0;
        this.#serverId = change.serverId;
        this.#timestampMs = change.timestampMs;
        this.#moved = true;
        return;
      case 'schema':
      case 'commit':
        if (change.tag === 'schema' && !change.endsTransaction) return;
        this.#moveTo(change.file, change.position);
        if (change.gtid !== null) this.#gtids.add(change.gtid);
        this.#timestampMs = change.committedAtMs;
        return;
      case 'heartbeat':
        if (!this.#isAt(change)) this.#moveTo(change.file, change.position);
        return;
      case 'gtids':
        if (this.#gtids.toText() === null)
          this.#gtids = createGtidProgress(this.#source.flavor, change.gtidSet);
        return;
      case 'snapshot-begin':
        this.#restart(change.position, true);
        return;
      case 'snapshot-end':
        this.#restart(change.position, false);
        return;
      case 'snapshot-rows':
      case 'truncate':
    }
  }

  /** Remembers the tail if it moved since the last mark. */
  mark(): void {
    if (!this.#moved) return;
    this.#moved = false;
    if (this.#marks.length >= MOST_MARKS) this.#marks.pop();
    this.#marks.push({
      sequence: this.#sequence,
      offset: {
        resume: this.resume,
        snapshotRunning: this.#snapshotRunning,
        timestampMs: this.#timestampMs,
        serverId: this.#serverId,
      },
    });
  }

  /** The newest mark whose records are all acknowledged; it and those before it are forgotten. Null: none. */
  acknowledged(sequence: number): OffsetToStore | null {
    let newest: OffsetToStore | null = null;
    while (this.#marks[0] !== undefined && this.#marks[0].sequence <= sequence) {
      newest = this.#marks.shift()?.offset ?? newest;
    }
    return newest;
  }

  #isAt({ file, position }: { file: string; position: number }): boolean {
    const isSameServer = this.#server === null || this.#server === this.#source.identity;
    return isSameServer && this.#file === file && this.#position === position;
  }

  #moveTo(file: string, position: number): void {
    this.#server = this.#source.identity;
    this.#file = file;
    this.#position = position;
    this.#eventsDone = 0;
    this.#rowsDone = 0;
    this.#moved = true;
  }

  #restart(position: Position, snapshotRunning: boolean): void {
    this.#gtids = createGtidProgress(this.#source.flavor, position.gtidSet);
    this.#snapshotRunning = snapshotRunning;
    this.#moveTo(position.file, position.position);
  }
}
