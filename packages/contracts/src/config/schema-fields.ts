import { z } from 'zod';
import { field } from './config-field.ts';
import { topicName } from './config-values.ts';

/** What becomes of DDL. */
export const schemaFields = {
  includeSchemaChanges: field(z.boolean().default(true), {
    property: 'include.schema.changes',
    title: 'Schema changes',
    description:
      'A record in topic `<topic.prefix>` for each DDL statement, with the tables as it leaves them.',
  }),
  includeSchemaComments: field(z.boolean().default(false), {
    property: 'include.schema.comments',
    title: 'Comments in schema changes',
    description:
      'Comments of tables and columns are part of schema-change records and of the history. From MariaDB they always are, as in Debezium.',
  }),
  schemaHistoryTopic: field(topicName.optional(), {
    property: 'schema.history.internal.kafka.topic',
    title: 'Schema history topic',
    description:
      'Topic with one partition that keeps every DDL forever, so that rows are read with the schema of their time after a restart. Empty: `<topic.prefix>-schema-history`.',
    example: 'schemahistory.shop',
  }),
  storeOnlyCapturedTablesDdl: field(z.boolean().default(false), {
    property: 'schema.history.internal.store.only.captured.tables.ddl',
    title: 'History of captured tables only',
    description:
      'DDL of other tables is not kept. A table that is later renamed to a captured name is then not known, as those of gh-ost are.',
  }),
  storeOnlyCapturedDatabasesDdl: field(z.boolean().default(false), {
    property: 'schema.history.internal.store.only.captured.databases.ddl',
    title: 'History of captured databases only',
    description: 'DDL of databases that are not captured is neither kept nor sent.',
  }),
};
