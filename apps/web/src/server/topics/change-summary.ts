import type { Message } from '@sealane/contracts/api/topics';
import { type DecodedField, decodeRecord } from '@sealane/engine/serialize/decode-envelope';
import type { MessageRecord } from '@sealane/kafka/reader/message-record';

const OPERATION_CODES = {
  create: 'c',
  update: 'u',
  delete: 'd',
  read: 'r',
  truncate: 't',
  message: null,
} as const;
/** Larger values are not decoded for a list, so that a page of them cannot hold the server up. */
const MOST_DECODED_BYTES = 262_144;

/** What a record says about a change: null when it is neither a change event nor a tombstone. */
export function summarizeChange(record: MessageRecord): Message['change'] {
  if (record.valueBytes > MOST_DECODED_BYTES) return null;
  const decoded = decodeRecord({ key: record.key, value: record.value });
  if (decoded.kind === 'tombstone') return { ...nothingKnown, tombstone: true };
  if (decoded.kind !== 'change') return null;
  const source = (name: string) => textOf(decoded.source, name);
  const file = source('file');
  const timestamp = source('ts_ms');
  return {
    op: OPERATION_CODES[decoded.operation],
    tombstone: false,
    database: source('db'),
    table: source('table'),
    position: file === null ? null : `${file}:${source('pos') ?? '?'}`,
    gtid: source('gtid'),
    snapshot: source('snapshot'),
    sourceAtMs: timestamp === null ? null : Number(timestamp),
  };
}

/** True when the record is a change event of this operation. A byte search rules most records out before decoding. */
export function isOperation(record: MessageRecord, op: string): boolean {
  if (record.value?.includes(`"${op}"`) !== true) return false;
  return summarizeChange(record)?.op === op;
}

const nothingKnown = {
  op: null,
  database: null,
  table: null,
  position: null,
  gtid: null,
  snapshot: null,
  sourceAtMs: null,
} as const;

/** A field's text: exact JSON without the quotes of a string; null for JSON's null and an absent field. */
function textOf(fields: readonly DecodedField[], name: string): string | null {
  const json = fields.find((field) => field.name === name)?.json;
  if (json === undefined || json === 'null') return null;
  if (!json.startsWith('"')) return json;
  const text: unknown = JSON.parse(json);
  return typeof text === 'string' ? text : json;
}
