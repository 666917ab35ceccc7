import { malformed } from '../bytes/byte-source.ts';
import { EventReader } from '../bytes/event-reader.ts';
import { u32le } from '../bytes/fixed-ints.ts';
import { BinaryMariadbGtid } from '../gtid/gtid.ts';
import { MariadbGtidPosition } from '../gtid/mariadb-gtid-position.ts';
import type { RawEvent } from './raw-event.ts';

/** A MariaDB GTID event: opens an event group, and stands for its BEGIN. */
export interface MariadbGtidEvent {
  readonly gtid: BinaryMariadbGtid;
  /** The group is one statement (DDL) and ends with it: no COMMIT or XID follows. */
  readonly standalone: boolean;
  readonly ddl: boolean;
  /** The group can be rolled back: only transactional tables are in it. */
  readonly transactional: boolean;
  /** The group ends in XA PREPARE; its changes are not committed yet. */
  readonly preparedXa: boolean;
  /** The group is the XA COMMIT or XA ROLLBACK of an earlier one. */
  readonly completedXa: boolean;
  /** Equal for transactions that were committed together; null when alone. */
  readonly commitId: bigint | null;
  /** Connection id of the writer; null before MariaDB 11.5. */
  readonly threadId: number | null;
}

/** Sequence 8, domain 4, flags 1. */
const HEAD_BYTES = 13;
const FLAG = {
  standalone: 1,
  groupCommit: 2,
  transactional: 4,
  ddl: 32,
  preparedXa: 64,
  completedXa: 128,
} as const;
const EXTRA = { multiEngine: 1, startAlter: 2, commitAlter: 4, rollbackAlter: 8, threadId: 16 } as const;

/** Parses GTID (162). Layout: MariaDB `sql/log_event.cc`, Gtid_log_event; the server id is the header's. */
export function parseMariadbGtid(event: RawEvent): MariadbGtidEvent {
  const { bytes, bodyStart } = event;
  if (bodyStart + HEAD_BYTES > event.end) throw malformed('A GTID event is too short for its head.');
  const flags = bytes[bodyStart + 12] as number;
  const rest = hasMore(event, flags) ? readRest(event, flags) : NO_MORE;
  const gtid = new BinaryMariadbGtid({
    domainId: u32le(bytes, bodyStart + 8),
    serverId: event.serverId,
    low: u32le(bytes, bodyStart),
    high: u32le(bytes, bodyStart + 4),
  });
  return {
    gtid,
    standalone: (flags & FLAG.standalone) !== 0,
    ddl: (flags & FLAG.ddl) !== 0,
    transactional: (flags & FLAG.transactional) !== 0,
    preparedXa: (flags & FLAG.preparedXa) !== 0,
    completedXa: (flags & FLAG.completedXa) !== 0,
    commitId: rest.commitId,
    threadId: rest.threadId,
  };
}

type Rest = Pick<MariadbGtidEvent, 'commitId' | 'threadId'>;

const NO_MORE: Rest = { commitId: null, threadId: null };

/** Most transactions have nothing behind the head but zeros. */
function hasMore({ bytes, bodyStart, end }: RawEvent, flags: number): boolean {
  if ((flags & (FLAG.groupCommit | FLAG.preparedXa | FLAG.completedXa)) !== 0) return true;
  const extra = bodyStart + HEAD_BYTES;
  return extra < end && bytes[extra] !== 0;
}

function readRest(event: RawEvent, flags: number): Rest {
  const reader = new EventReader(event, event.bodyStart);
  reader.skip(HEAD_BYTES);
  const commitId = (flags & FLAG.groupCommit) !== 0 ? reader.uint64() : null;
  if ((flags & (FLAG.preparedXa | FLAG.completedXa)) !== 0) {
    reader.skip(4);
    const gtrid = reader.uint(1);
    reader.skip(reader.uint(1) + gtrid);
  }
  return { commitId, threadId: readThreadId(reader) };
}

function readThreadId(reader: EventReader): number | null {
  if (reader.remaining < 1) return null;
  const extra = reader.uint(1);
  if ((extra & EXTRA.multiEngine) !== 0) reader.skip(1);
  if ((extra & (EXTRA.commitAlter | EXTRA.rollbackAlter)) !== 0) reader.skip(8);
  return (extra & EXTRA.threadId) !== 0 && reader.remaining >= 4 ? reader.uint(4) : null;
}

/** Parses GTID_LIST (163): the last GTID per domain (and server) before this place. The count's top 4 bits are flags. */
export function parseGtidList(event: RawEvent): MariadbGtidPosition {
  const reader = new EventReader(event, event.bodyStart);
  const count = reader.uint(4) & 0x0fffffff;
  if (count * 16 > reader.remaining) throw malformed(`A GTID list of ${count} entries does not fit.`);
  const position = new MariadbGtidPosition();
  for (let i = 0; i < count; i++) {
    const domainId = reader.uint(4);
    const serverId = reader.uint(4);
    position.add({ domainId, serverId, sequence: reader.uint64() });
  }
  return position;
}
