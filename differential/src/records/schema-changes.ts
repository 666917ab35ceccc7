import { z } from 'zod';
import type { SeenRecord, TopicRecords } from './topic-records.ts';

/** The topic named by the prefix alone. */
const SCHEMA_CHANGES = '';

const plainKey = z.object({ databaseName: z.string() });
/** Alone, or within its schema. */
const keySchema = z.union([plainKey, z.object({ payload: plainKey }).transform(({ payload }) => payload)]);

/** The name under which a database's schema changes are compared; no topic has a slash. */
export function schemaChangesOf(database: string): string {
  return `schema changes/${database}`;
}

/** The topic of schema changes, which all databases share, as one per database. */
export function splitSchemaChanges(topics: TopicRecords): TopicRecords {
  const split = new Map<string, SeenRecord[]>();
  for (const record of topics.get(SCHEMA_CHANGES) ?? []) {
    const name = schemaChangesOf(databaseOf(record));
    split.set(name, [...(split.get(name) ?? []), record]);
  }
  return new Map([...topics, ...split].filter(([topic]) => topic !== SCHEMA_CHANGES));
}

function databaseOf({ key }: SeenRecord): string {
  return keySchema.parse(JSON.parse(key?.toString() ?? 'null')).databaseName;
}
