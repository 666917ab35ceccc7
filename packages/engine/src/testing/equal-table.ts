import type { KafkaAddress } from '@sealane/stack/service-addresses';
import { expect } from 'vitest';
import { queryRows, type SqlConnection } from '../source/sql.ts';
import { latestByKey, readTopic } from './pipeline-harness.ts';

/**
 * Expects the last record of every key to be the table's row and every row to have one. The table has the columns `id INT PRIMARY KEY`
 * and `v INT`. Returns the number of records, repeats included.
 */
export async function expectTopicEqualsTable(
  sql: SqlConnection,
  { kafka, topic, table }: { kafka: KafkaAddress; topic: string; table: string },
): Promise<number> {
  const rows = await queryRows(sql, `SELECT CAST(id AS CHAR) AS id, CAST(v AS CHAR) AS v FROM ${table}`);
  const wanted = rows.map((row) => [
    `{"id":${row.get('id')}}`,
    `{"id":${row.get('id')},"v":${row.get('v')}}`,
  ]);
  const records = await readTopic(kafka, topic);
  const delivered = [...latestByKey(records)].map(([key, value]) => [
    key,
    /"after":(\{[^}]*\})/.exec(value)?.[1],
  ]);
  expect(Object.fromEntries(delivered)).toEqual(Object.fromEntries(wanted));
  return records.length;
}
