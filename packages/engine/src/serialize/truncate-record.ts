import { OutputBuffer } from '@sealane/binlog/bytes/output-buffer';
import type { RecordHeaders } from '@sealane/kafka/producer/record-producer';
import type { TruncateChange } from '../change/change.ts';
import type { RecordTarget } from '../change/record-cursor.ts';
import type { EnvelopeClock } from './envelope-clock.ts';
import type { RecordLeads } from './record-leads.ts';
import { SingleRecordCursor } from './single-record-cursor.ts';
import { type SourceIdentity, sourceFileText, sourceTableText } from './source-block.ts';
import type { TransactionLog } from './transaction-log.ts';

export interface TruncateRecordOptions {
  identity: SourceIdentity;
  clock: EnvelopeClock;
  headers: RecordHeaders | undefined;
  leads: Pick<RecordLeads, 'of'>;
  transactions: TransactionLog | null;
}

/** The record of a TRUNCATE TABLE: no key, neither image, op `t`. */
export function truncateRecord(
  change: TruncateChange,
  { identity, clock, headers, leads, transactions }: TruncateRecordOptions,
): SingleRecordCursor {
  const { database, table, gtid, file, position, serverId, timestampUs } = change;
  const target: RecordTarget = { id: `${database}.${table}`, database, table };
  const facts = { timestampUs, snapshot: 'false', database, table, serverId };
  const place = `${JSON.stringify(gtid?.toText() ?? null)}${sourceFileText(file)}${position},"row":0`;
  const out = new OutputBuffer({ initialBytes: 1024 });
  const lead = change.schema === null ? null : leads.of(change.schema).value;
  if (lead !== null) out.appendBytes(lead);
  out.appendText(`{"before":null,"after":null${sourceTableText(identity, facts)}${place}`);
  clock.event(null, null);
  if (transactions === null) out.appendBytes(clock.tail('t'));
  else {
    out.appendBytes(clock.sourceEnd());
    transactions.putBlock(out, target.id);
    out.appendBytes(clock.end('t'));
  }
  return new SingleRecordCursor({
    headers,
    target,
    operation: 'truncate',
    key: null,
    value: out.copyFrom(),
    timestampMs: Math.floor(timestampUs / 1000),
  });
}
