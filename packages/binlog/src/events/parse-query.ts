import { malformed } from '../bytes/byte-source.ts';
import { EventReader } from '../bytes/event-reader.ts';
import { inflateMariadbBody } from './compressed-body.ts';
import { EventType } from './event-type.ts';
import type { RawEvent } from './raw-event.ts';

/** A QUERY event: a statement in text, mostly DDL, `BEGIN` or `COMMIT`. */
export interface QueryEvent {
  /** Connection id on the server. */
  readonly threadId: number;
  readonly executionSeconds: number;
  /** Error the statement ended with; 0 for success. */
  readonly errorCode: number;
  /** Default database of the session; '' for none. */
  readonly database: string;
  readonly sql: string;
  /** `sql_mode` bits of the session, or null where not sent: ANSI_QUOTES is 4. */
  readonly sqlMode: bigint | null;
}

/** True for the QUERY event that opens a transaction on MySQL (and on MariaDB for an old replica). */
export function isBegin(event: RawEvent): boolean {
  const { bytes, end } = event;
  return end >= event.bodyStart + 18 && bytes.toString('latin1', end - 6, end) === '\0BEGIN';
}

/** File id, start and end of the file's name in the statement, duplicate handling: what EXECUTE_LOAD_QUERY has beyond QUERY. */
const LOAD_HEADER_BYTES = 13;

/**
 * Parses QUERY, MariaDB's QUERY_COMPRESSED and EXECUTE_LOAD_QUERY, a LOAD DATA that was logged as a statement. Layout: MySQL
 * `statement_events.h`, classes Query_event and Execute_load_query_event.
 */
export function parseQuery(event: RawEvent): QueryEvent {
  const reader = new EventReader(event, event.bodyStart);
  const threadId = reader.uint(4);
  const executionSeconds = reader.uint(4);
  const databaseLength = reader.uint(1);
  const errorCode = reader.uint(2);
  const variablesLength = reader.uint(2);
  if (event.type === EventType.EXECUTE_LOAD_QUERY) reader.skip(LOAD_HEADER_BYTES);
  const variables = reader.take(variablesLength);
  const database = reader.text(databaseLength);
  if (reader.uint(1) !== 0) throw malformed('The database name of a QUERY event is not terminated.');
  const sqlMode = sqlModeOf(variables);
  return { threadId, executionSeconds, errorCode, database, sqlMode, sql: statement(event, reader) };
}

function statement(event: RawEvent, reader: EventReader): string {
  if (event.type !== EventType.MARIADB_QUERY_COMPRESSED) return reader.text(reader.remaining);
  const plain = inflateMariadbBody(event, reader.pos);
  return plain.bytes.toString('utf8', plain.start, plain.end);
}

/** Status variables start with flags2 (code 0, 4 bytes) and sql_mode (code 1, 8 bytes), in that order. */
function sqlModeOf(variables: Buffer): bigint | null {
  const at = variables[0] === 0 ? 5 : 0;
  return variables[at] === 1 && variables.length >= at + 9 ? variables.readBigUInt64LE(at + 1) : null;
}
