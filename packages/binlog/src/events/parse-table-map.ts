import { malformed } from '../bytes/byte-source.ts';
import { EventReader } from '../bytes/event-reader.ts';
import { u48le } from '../bytes/fixed-ints.ts';
import { knownBytes } from '../bytes/same-bytes.ts';
import { metadataBytes } from '../table/wire-type.ts';
import { parseOptionalMetadata } from './parse-table-map-metadata.ts';
import type { RawEvent } from './raw-event.ts';
import type { TableMap } from './table-map.ts';

/** MySQL's and MariaDB's own limit. */
const MAX_COLUMNS = 4096;

/** The table id of a TABLE_MAP event, without parsing the rest. */
export function tableIdOf(event: RawEvent): number {
  if (event.end < event.bodyStart + 8) throw malformed('A TABLE_MAP event has no table id.');
  return u48le(event.bytes, event.bodyStart);
}

/** Parses a TABLE_MAP event, optional metadata included. */
export function parseTableMap(event: RawEvent): TableMap {
  const reader = new EventReader(event, event.bodyStart);
  const tableId = reader.uint(6);
  reader.skip(2);
  const fingerprint = event.bytes.subarray(reader.pos, event.end);
  const database = nullTerminated(reader);
  const table = nullTerminated(reader);
  const count = reader.lengthEncoded();
  if (count > MAX_COLUMNS) throw malformed(`A table of ${count} columns does not exist.`);
  const types = Uint8Array.from(reader.take(count));
  const metadata = readMetadata(reader, types);
  const nullable = Uint8Array.from(reader.take((count + 7) >> 3));
  const optional = parseOptionalMetadata(reader, { types, metadata, flavor: event.flavor });
  return {
    tableId,
    database,
    table,
    types,
    metadata,
    nullable,
    optional,
    fingerprint: knownBytes(fingerprint),
  };
}

function nullTerminated(reader: EventReader): string {
  const text = reader.text(reader.uint(1));
  if (reader.uint(1) !== 0) throw malformed('A name in a TABLE_MAP event is not terminated.');
  return text;
}

function readMetadata(reader: EventReader, types: Uint8Array): Uint16Array {
  const size = reader.lengthEncoded();
  const end = reader.pos + size;
  const metadata = Uint16Array.from(types, (type) => {
    const bytes = metadataBytes(type);
    if (bytes === null) throw malformed(`Column type ${type} is not known.`);
    return bytes === 0 ? 0 : reader.uint(bytes);
  });
  if (reader.pos !== end) throw malformed('The column metadata of a TABLE_MAP event has a wrong size.');
  return metadata;
}
