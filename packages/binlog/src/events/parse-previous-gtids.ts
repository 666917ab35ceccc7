import { malformed } from '../bytes/byte-source.ts';
import { EventReader } from '../bytes/event-reader.ts';
import { MAX_GNO, MysqlGtidSet, TAG } from '../gtid/mysql-gtid-set.ts';
import { formatUuid } from '../gtid/uuid.ts';
import type { RawEvent } from './raw-event.ts';

/**
 * Parses PREVIOUS_GTIDS: everything executed before this binlog file. The first 8 bytes are the number of
 * sources, or, with 1 in the top byte (MySQL 8.3, tags), hold it in bits 8 to 55 and each source carries a tag.
 * Source: MySQL `sql/rpl_gtid_set.cc`, encode.
 */
export function parsePreviousGtids(event: RawEvent): MysqlGtidSet {
  const reader = new EventReader(event, event.bodyStart);
  const head = reader.uint64();
  const tagged = head >> 56n === 1n;
  const sources = Number(tagged ? (head >> 8n) & 0xffffffffffffn : head);
  if (sources > reader.remaining) throw malformed(`A GTID set of ${sources} sources does not fit.`);
  const set = new MysqlGtidSet();
  for (let i = 0; i < sources; i++) {
    const uuid = formatUuid(reader.take(16));
    const tag = tagged ? reader.text(reader.uint(1) >> 1) : '';
    if (tag !== '' && !TAG.test(tag)) throw malformed('The tag of a GTID set is not a name.');
    const intervals = reader.safeUint64('An interval count');
    if (intervals * 16 > reader.remaining) throw malformed(`${intervals} GTID intervals do not fit.`);
    let behind = 0n;
    for (let k = 0; k < intervals; k++) {
      const first = reader.uint64();
      const end = reader.uint64();
      if (first <= behind || end <= first || end > MAX_GNO + 1n)
        throw malformed(`The GTID interval ${first} to ${end} is out of order.`);
      set.addRange(uuid, { first, last: end - 1n, tag });
      behind = end;
    }
  }
  return set;
}
