import { EventType } from './event-type.ts';
import type { RawEvent } from './raw-event.ts';

/**
 * The statement behind the rows events that follow. MySQL's ROWS_QUERY has one byte of length first, which is wrong from 256 bytes on
 * (`rows_event.h`, class Rows_query_event: "the length is ignored"); MariaDB's ANNOTATE_ROWS is the text alone.
 */
export function parseRowsQuery(event: RawEvent): string {
  const start = event.type === EventType.ROWS_QUERY ? event.bodyStart + 1 : event.bodyStart;
  return event.bytes.toString('utf8', Math.min(start, event.end), event.end);
}
