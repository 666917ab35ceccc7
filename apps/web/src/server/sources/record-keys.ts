import type { SourceSession } from './source-connection.ts';

/** The keys of a table: as declared, and as records are keyed. Empty: none. */
export interface TableKeys {
  primaryKey: string[];
  /** The primary key, else the first unique key over whole columns that are not nullable (Debezium's rule). */
  recordKey: string[];
}

interface KeyPart {
  index: string;
  /** Null for an expression. */
  column: string | null;
  isWholeNotNull: boolean;
}

/**
 * Keys by table, named by `nameOf`. `scope` is a condition on TABLE_SCHEMA. Which unique key is first only SHOW INDEX tells; it is
 * asked for the few tables that have several to choose from.
 */
export async function readTableKeys(
  session: SourceSession,
  scope: string,
  nameOf: (row: Record<string, string | null>) => string,
): Promise<Map<string, TableKeys>> {
  const rows = await session.rows(
    `SELECT TABLE_SCHEMA AS db, TABLE_NAME AS tbl, INDEX_NAME AS idx, COLUMN_NAME AS col, SUB_PART AS part,
       NULLABLE AS nullable
     FROM information_schema.STATISTICS WHERE NON_UNIQUE = 0 AND ${scope}
     ORDER BY TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX`,
  );
  const tables = new Map<string, { database: string; table: string; parts: KeyPart[] }>();
  for (const row of rows) {
    const name = nameOf(row);
    const known = tables.get(name) ?? { database: row.db ?? '', table: row.tbl ?? '', parts: [] };
    known.parts.push(keyPart(row));
    tables.set(name, known);
  }
  const keys = new Map<string, TableKeys>();
  for (const [name, { database, table, parts }] of tables) {
    const primaryKey = columnsOf(parts, 'PRIMARY');
    const candidates = primaryKey.length > 0 ? ['PRIMARY'] : identifying(parts);
    const chosen =
      candidates.length > 1 ? await firstIndex(session, { database, table, candidates }) : candidates[0];
    keys.set(name, { primaryKey, recordKey: chosen === undefined ? [] : columnsOf(parts, chosen) });
  }
  return keys;
}

function keyPart(row: Record<string, string | null>): KeyPart {
  const column = row.col ?? null;
  const isWholeNotNull = column !== null && row.part == null && row.nullable !== 'YES';
  return { index: row.idx ?? '', column, isWholeNotNull };
}

function columnsOf(parts: readonly KeyPart[], index: string): string[] {
  return parts.flatMap((part) => (part.index === index && part.column !== null ? [part.column] : []));
}

/** Names of the indexes that identify a row. */
function identifying(parts: readonly KeyPart[]): string[] {
  const unfit = new Set(parts.filter((part) => !part.isWholeNotNull).map(({ index }) => index));
  return [...new Set(parts.map(({ index }) => index))].filter((index) => !unfit.has(index));
}

async function firstIndex(
  session: SourceSession,
  { database, table, candidates }: { database: string; table: string; candidates: readonly string[] },
): Promise<string | undefined> {
  const quoted = [database, table].map((name) => `\`${name.replaceAll('`', '``')}\``).join('.');
  const rows = await session.rows(`SHOW INDEX FROM ${quoted}`);
  return rows.map((row) => row.Key_name ?? '').find((name) => candidates.includes(name));
}
