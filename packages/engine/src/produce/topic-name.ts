const FORBIDDEN = /[^A-Za-z0-9._-]/g;
const LONGEST = 249;

/** `<prefix>.<db>.<table>` with every character that a topic name may not have as `_`, cut to Kafka's 249. */
export function tableTopic(prefix: string, database: string, table: string): string {
  return `${prefix}.${database}.${table}`.replace(FORBIDDEN, '_').slice(0, LONGEST);
}
