import { readMessages } from '@sealane/kafka/reader/read-messages';
import type { KafkaSession } from '@sealane/kafka/session/kafka-session';
import { isLosslessNumber, parse } from 'lossless-json';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { ColumnKind, ShopColumn, ShopTable } from './shop-schema.ts';

/** One table's rows against the last message per key of its topic. */
export interface TableVerdict {
  table: string;
  rows: number;
  keys: number;
  records: number;
  missing: number;
  surplus: number;
  different: number;
  /** The first few differences, for a person. */
  examples: string[];
}

interface VerifyOptions {
  connection: Connection;
  session: KafkaSession;
  topicPrefix: string;
  table: ShopTable;
}

/**
 * Compares every row of a table with the last message per key in Kafka. The expected text of each column is
 * computed by the server in SQL and shares nothing with the code that wrote the messages.
 */
export async function verifyTable(options: VerifyOptions): Promise<TableVerdict> {
  const topic = `${options.topicPrefix}.shop.${options.table.name}`;
  const stored = await readRows(options);
  const { latest, records } = await readLatest(options, topic);
  const verdict: TableVerdict = {
    table: options.table.name,
    rows: stored.size,
    keys: latest.size,
    records,
    missing: 0,
    surplus: 0,
    different: 0,
    examples: [],
  };
  for (const [key, row] of stored) {
    const message = latest.get(key);
    if (message === undefined) note(verdict, 'missing', `${key} is not in the topic`);
    else if (message !== row) note(verdict, 'different', `${key}: table has ${row}, topic has ${message}`);
  }
  for (const key of latest.keys())
    if (!stored.has(key)) note(verdict, 'surplus', `${key} is not in the table`);
  return verdict;
}

function note(verdict: TableVerdict, kind: 'missing' | 'surplus' | 'different', example: string): void {
  verdict[kind] += 1;
  if (verdict.examples.length < 3) verdict.examples.push(example);
}

/** Key text → row text, as the server sees them. */
async function readRows({ connection, table }: VerifyOptions): Promise<Map<string, string>> {
  await connection.query("set time_zone = '+00:00'");
  const expressions = table.columns.map((column) => `${sqlText(column)} as \`${column.name}\``);
  const [rows] = await connection.query<RowDataPacket[]>(
    `select ${expressions.join(', ')} from shop.${table.name}`,
  );
  return new Map(rows.map((row) => [joinColumns(row, table.primaryKey), joinColumns(row, names(table))]));
}

const sqlExpressions: Record<ColumnKind, (name: string) => string> = {
  number: (name) => `cast(${name} as char)`,
  // As plain text: MariaDB marks a JSON column as such, and the client would parse it.
  text: (name) => `convert(${name} using utf8mb4)`,
  decimal: (name) => `cast(${name} as char)`,
  date: (name) => `cast(datediff(${name}, '1970-01-01') as char)`,
  'datetime-ms': (name) => `cast(timestampdiff(microsecond, '1970-01-01', ${name}) div 1000 as char)`,
  'datetime-us': (name) => `cast(timestampdiff(microsecond, '1970-01-01', ${name}) as char)`,
  timestamp: (name) => `date_format(${name}, '%Y-%m-%dT%H:%i:%s.%fZ')`,
};

function sqlText(column: ShopColumn): string {
  return sqlExpressions[column.kind](`\`${column.name}\``);
}

/** Key text → row text of the newest message with that key; a tombstone removes it. */
async function readLatest(
  options: VerifyOptions,
  topic: string,
): Promise<{ latest: Map<string, string>; records: number }> {
  const latest = new Map<string, string>();
  const newest = new Map<string, bigint>();
  let records = 0;
  const limit = Number.MAX_SAFE_INTEGER;
  for await (const event of readMessages({
    session: options.session,
    topic,
    from: { at: 'oldest' },
    limit,
  })) {
    if (event.tag !== 'messages') continue;
    for (const message of event.messages) {
      records += 1;
      const key = joinColumns(fields(message.key?.toString()), options.table.primaryKey);
      const known = newest.get(key);
      if (known !== undefined && known > message.offset) continue;
      newest.set(key, message.offset);
      const after = message.value === null ? null : fields(message.value.toString()).after;
      if (isRecord(after)) latest.set(key, rowText(after, options.table));
      else latest.delete(key);
    }
  }
  return { latest, records };
}

function rowText(after: Record<string, unknown>, table: ShopTable): string {
  const texts: Record<string, unknown> = {};
  for (const column of table.columns) {
    const value = after[column.name];
    texts[column.name] =
      column.kind === 'decimal' && typeof value === 'string' ? decimalText(value, column.scale ?? 0) : value;
  }
  return joinColumns(texts, names(table));
}

/** A Connect Decimal (base64 of the big-endian two's complement unscaled value) as the server prints it. */
export function decimalText(base64: string, scale: number): string {
  const bytes = Buffer.from(base64, 'base64');
  const unscaled = BigInt.asIntN(bytes.length * 8, BigInt(`0x${bytes.toString('hex') || '0'}`));
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return unscaled < 0n ? `-${text}` : text;
}

function joinColumns(row: Record<string, unknown>, columns: readonly string[]): string {
  return columns.map((name) => columnText(row[name])).join(' | ');
}

function columnText(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  return isLosslessNumber(value) ? value.value : String(value);
}

function fields(json: string | undefined): Record<string, unknown> {
  const value = json === undefined ? null : parse(json);
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function names(table: ShopTable): string[] {
  return table.columns.map((column) => column.name);
}
