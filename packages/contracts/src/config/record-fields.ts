import { z } from 'zod';
import { field } from './config-field.ts';
import { regexProblem } from './config-values.ts';

export const skippableOperations = ['c', 'u', 'd', 't'] as const;

const MESSAGE_KEY = /^\s*([^:]+):([^:,]+(,[^:,]+)*)\s*$/;

const messageKeys = z.array(z.string()).superRefine((entries, context) => {
  for (const [index, entry] of entries.entries()) {
    const problem = MESSAGE_KEY.test(entry)
      ? regexProblem(entry.replace(':', '.').replaceAll(',', '|'))
      : 'Write it as table:column,column';
    if (problem !== null) context.addIssue({ code: 'custom', path: [index], message: problem });
  }
});

/** Which records there are, and what surrounds a row in them. */
export const recordFields = {
  messageKeyColumns: field(messageKeys.default([]), {
    property: 'message.key.columns',
    title: 'Key columns',
    description:
      'Columns of the record key per table, as `database.table:column,column`; both sides are regular expressions. Tables without an entry have their primary key, else their first unique key without nullable columns.',
    example: 'shop\\.orders:customer_id,id',
    separator: ';',
  }),
  skippedOperations: field(z.array(z.enum(skippableOperations)).default(['t']), {
    property: 'skipped.operations',
    title: 'Operations to leave out',
    description:
      'c: inserts, u: updates, d: deletes, t: TRUNCATE TABLE. Empty: none. An update that changes the key counts as an update.',
    example: 't',
    emptyAs: 'none',
  }),
  skipMessagesWithoutChange: field(z.boolean().default(false), {
    property: 'skip.messages.without.change',
    title: 'Leave out empty updates',
    description: 'No record for an update that leaves every captured column as it was.',
  }),
  tombstonesOnDelete: field(z.boolean().default(true), {
    property: 'tombstones.on.delete',
    title: 'Tombstones',
    description: 'A null value with the same key after each delete, so that compacted topics forget the row.',
  }),
  provideTransactionMetadata: field(z.boolean().default(false), {
    property: 'provide.transaction.metadata',
    title: 'Transaction metadata',
    description:
      "Numbers the records of each transaction in the envelope's transaction block, and sends a BEGIN and an END record of every transaction to a topic of its own.",
  }),
  includeQuery: field(z.boolean().default(false), {
    property: 'include.query',
    title: 'Statements',
    description:
      'The SQL statement behind a row as source.query. The source must log it: binlog_rows_query_log_events (MySQL) or binlog_annotate_row_events (MariaDB).',
  }),
  extendedHeadersEnabled: field(z.boolean().default(false), {
    property: 'extended.headers.enabled',
    title: 'Context headers',
    description:
      "The four __debezium.context.* headers on every record: connectorLogicalName (the topic prefix), taskId, connectorName, runId. Debezium's default is true; here it is false, because they add about 200 bytes to every record.",
    connectorDefault: true,
  }),
  keyConverterSchemasEnable: field(z.boolean().default(false), {
    property: 'key.converter.schemas.enable',
    title: 'Keys with schema',
    description:
      'Keys as {"schema": …, "payload": …}, as the JsonConverter of Connect writes them. Its default is true; here it is false, because the schema is larger than most keys.',
  }),
  valueConverterSchemasEnable: field(z.boolean().default(false), {
    property: 'value.converter.schemas.enable',
    title: 'Values with schema',
    description:
      'Values as {"schema": …, "payload": …}, as the JsonConverter of Connect writes them. Its default is true; here it is false, because the schema adds several kilobytes to every record.',
  }),
};
