import type { ServerFlavor } from '@sealane/binlog/session/server-info';
import { type HistoryRecordJson, historyRecordSchema } from '@sealane/contracts/schema-history';
import { SealaneError } from '@sealane/errors/sealane-error';
import { readMessages } from '@sealane/kafka/reader/read-messages';
import type { KafkaSession } from '@sealane/kafka/session/kafka-session';
import type { Position } from '../../change/position.ts';
import type { SchemaCatalog } from '../catalog/schema-catalog.ts';
import { parseDdl } from '../ddl/parse-ddl.ts';
import { isBefore } from './history-record.ts';
import { readTableChange } from './read-table-change.ts';

export interface HistoryReading {
  session: KafkaSession;
  topic: string;
  /** `topic.prefix`: other servers' records may share the topic. */
  server: string;
  flavor: ServerFlavor;
  /** Where the stream will begin. */
  resume: Position;
}

/** What the history topic held. */
export interface HistoryFound {
  /** Records of this server; none means that the history is lost, or never was. */
  readonly count: number;
  /** The topic's first records are gone. */
  readonly startMissing: boolean;
}

/** Brings the catalog to where a stream begins, from the history topic. Throws `SCHEMA_HISTORY_UNREADABLE`. */
export async function readHistory(catalog: SchemaCatalog, reading: HistoryReading): Promise<HistoryFound> {
  const { session, topic, server, flavor, resume } = reading;
  let count = 0;
  let first: bigint | null = null;
  const events = readMessages({ session, topic, from: { at: 'oldest' }, limit: Number.MAX_SAFE_INTEGER });
  for await (const event of events) {
    if (event.tag !== 'messages') continue;
    for (const { value, offset } of event.messages) {
      first ??= offset;
      const record = value === null ? null : decode(value, topic);
      if (record === null || record.source.server !== server) continue;
      count += 1;
      if (isBefore(record.position, resume, flavor)) replay(catalog, record, flavor);
    }
  }
  return { count, startMissing: first !== null && first > 0n };
}

function decode(value: Buffer, topic: string): HistoryRecordJson {
  try {
    return historyRecordSchema.parse(JSON.parse(value.toString('utf8')));
  } catch (cause) {
    throw new SealaneError({
      code: 'SCHEMA_HISTORY_UNREADABLE',
      message: `The schema history in topic ${topic} cannot be read.`,
      why: `It has a record that is none of Debezium's: ${value.toString('utf8', 0, 200)}`,
      remedy:
        'Name a topic of its own in schemaHistoryTopic; the history is then made anew from the server where the binlog proves it.',
      cause,
    });
  }
}

/** A record's tables are taken as recorded; its statement counts where it has none, for what it does to databases and gaps. */
function replay(catalog: SchemaCatalog, record: HistoryRecordJson, flavor: ServerFlavor): void {
  if (record.tableChanges.length === 0) {
    replayStatement(catalog, record, flavor);
    return;
  }
  for (const json of record.tableChanges) {
    const change = readTableChange(json);
    if (change === null) continue;
    if (change.previous !== null) catalog.remove(change.previous);
    if (change.definition === null) catalog.remove(change);
    else catalog.put(change.definition);
  }
}

const SERVER_CHARSET = /^SET character_set_server=(\w+)/;

function replayStatement(catalog: SchemaCatalog, record: HistoryRecordJson, flavor: ServerFlavor): void {
  const sql = record.ddl ?? '';
  const charset = SERVER_CHARSET.exec(sql)?.[1];
  if (charset !== undefined) {
    catalog.serverCharset = charset;
    return;
  }
  const database = record.databaseName ?? '';
  catalog.apply(parseDdl(sql, { flavor, database, ansiQuotes: false, noBackslashEscapes: false }), database);
}
