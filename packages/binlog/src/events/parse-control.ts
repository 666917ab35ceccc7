import { SealaneError } from '@sealane/errors/sealane-error';
import { EventReader } from '../bytes/event-reader.ts';
import { EventType } from './event-type.ts';
import type { RawEvent } from './raw-event.ts';

/** A ROTATE event: the stream goes on in `file` at `position`. */
export interface Rotate {
  readonly file: string;
  readonly position: number;
}

export function parseRotate(event: RawEvent): Rotate {
  const reader = new EventReader(event, event.bodyStart);
  const position = reader.safeUint64('A binlog position');
  return { file: reader.text(reader.remaining), position };
}

/** The storage engine's transaction number: the transaction is committed. */
export function parseXid(event: RawEvent): bigint {
  return new EventReader(event, event.bodyStart).uint64();
}

/**
 * A HEARTBEAT event: the server has nothing new and stands at this place. Version 1 carries the position in the
 * header, version 2 (MySQL 8.0.26) as fields of type, length and value.
 */
export function parseHeartbeat(event: RawEvent): Rotate {
  const reader = new EventReader(event, event.bodyStart);
  if (event.type === EventType.HEARTBEAT) {
    return { file: reader.text(reader.remaining), position: event.nextPosition };
  }
  let file = '';
  let position = event.nextPosition;
  while (reader.remaining > 0) {
    const field = reader.uint(1);
    if (field === 0) break;
    const size = reader.lengthEncoded();
    if (field === 1) file = reader.text(size);
    else if (field === 2)
      position = new EventReader({ bytes: reader.take(size), end: size }, 0).lengthEncoded();
    else reader.skip(size);
  }
  return { file, position };
}

/** Statement text of ROWS_QUERY (MySQL, behind a length byte that long statements overflow) and ANNOTATE_ROWS (MariaDB). */
export function parseRowsQuery(event: RawEvent): string {
  const reader = new EventReader(event, event.bodyStart);
  if (event.type === EventType.ROWS_QUERY) reader.skip(1);
  return reader.text(reader.remaining);
}

/** The error that an INCIDENT event stands for: the server lost events that it should have logged. `start`: where it stands. */
export function incidentError(event: RawEvent, start?: Rotate): SealaneError {
  const reader = new EventReader(event, event.bodyStart);
  const incident = reader.uint(2);
  const said = reader.remaining > 0 ? reader.text(reader.uint(1)) : '';
  const place = start === undefined ? '' : ` at ${start.file}:${start.position}`;
  return new SealaneError({
    code: 'BINLOG_INCIDENT',
    message: `The server reports that changes are missing from its binlog${place}.`,
    why: said === '' ? `Incident ${incident} (1: events were lost).` : `The server says: ${said}`,
    remedy:
      'Set snapshot.mode to when_needed, or reset the stored offset, to take a new snapshot. To go on without the missing changes: alter the ' +
      'offset to the place behind it, or set event.processing.failure.handling.mode to warn.',
    details: { incident, file: start?.file ?? null, position: event.nextPosition },
  });
}
