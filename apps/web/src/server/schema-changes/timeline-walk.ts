import {
  type HistoryRecordJson,
  type HistoryTableChangeJson,
  readTableId,
} from '@sealane/contracts/schema-history';
import type { ComparedChange, TableVersion } from './table-diff.ts';

interface TableName {
  readonly database: string;
  readonly table: string;
}

/** A record of the history with its changes, each with the version before where the walk met it. */
export interface WalkedRecord {
  readonly offset: bigint;
  readonly record: HistoryRecordJson;
  readonly origin: 'statement' | 'snapshot' | 'server';
  readonly changes: ComparedChange[];
}

export interface TimelineWalkOptions {
  /** Most records to keep. */
  limit: number;
  /** Text that a table's name contains; empty: every record. */
  table: string;
  origin: 'all' | 'statement' | 'snapshot';
  captures: (name: TableName) => boolean;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Walks a history from its newest record to its oldest, keeps the records that are asked for, and finds for each table that they
 * change the version before: a record tells only how a table is after it.
 */
export class TimelineWalk {
  readonly items: WalkedRecord[] = [];
  /** A record that is asked for lies behind the last one kept. */
  hasMore = false;
  readonly #options: TimelineWalkOptions;
  readonly #waiting = new Map<string, Mutable<ComparedChange>[]>();

  constructor(options: TimelineWalkOptions) {
    this.#options = options;
  }

  /** Nothing that a further record says would add to the answer. */
  get isSettled(): boolean {
    return this.hasMore && this.#waiting.size === 0;
  }

  get isFull(): boolean {
    return this.items.length >= this.#options.limit;
  }

  /** Takes the next older record. */
  take(record: HistoryRecordJson, offset: bigint): void {
    const origin = originOf(record);
    const isWanted = this.#wants(record, origin);
    const keeps = isWanted && !this.isFull;
    if (isWanted && !keeps) this.hasMore = true;
    this.#settleDatabase(record, origin);
    const changes: ComparedChange[] = [];
    for (const json of record.tableChanges.toReversed()) {
      const names = namesOf(json);
      if (names === null) continue;
      this.#settle(json, names, origin);
      if (keeps) changes.unshift(this.#keep(json, names, { ddl: record.ddl ?? '', origin }));
    }
    if (keeps) this.items.push({ offset, record, origin, changes });
  }

  /** The walk reached the first record there ever was: what is still looked for never was. */
  end(): void {
    for (const change of [...this.#waiting.values()].flat()) {
      if (change.type === 'CREATE') change.comparedWith = 'nothing';
    }
    this.#waiting.clear();
  }

  #wants(record: HistoryRecordJson, origin: WalkedRecord['origin']): boolean {
    const { origin: wanted, table } = this.#options;
    if (isBoilerplate(record, origin)) return false;
    if (wanted !== 'all' && (wanted === 'statement') !== (origin === 'statement')) return false;
    if (table === '') return true;
    const part = table.toLowerCase();
    return record.tableChanges.some((json) => {
      const names = namesOf(json);
      return [names?.name, names?.renamedFrom].some(
        (name) => name != null && `${name.database}.${name.table}`.toLowerCase().includes(part),
      );
    });
  }

  #keep(
    json: HistoryTableChangeJson,
    { name, renamedFrom }: ChangeNames,
    { ddl, origin }: { ddl: string; origin: WalkedRecord['origin'] },
  ): ComparedChange {
    const isNew = json.type === 'CREATE' && origin === 'statement' && !/\bOR\s+REPLACE\b/i.test(ddl);
    const change: Mutable<ComparedChange> = {
      ...name,
      type: json.type,
      renamedFrom,
      captured: this.#options.captures(name),
      ddl,
      after: versionOf(json),
      before: null,
      comparedWith: isNew ? 'nothing' : 'unknown',
    };
    if (!isNew) {
      const key = keyOf(renamedFrom ?? name);
      this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), change]);
    }
    return change;
  }

  /** Gives what this record says of a table to the newer changes that look for it. */
  #settle(
    json: HistoryTableChangeJson,
    { name, renamedFrom }: ChangeNames,
    origin: WalkedRecord['origin'],
  ): void {
    const version = versionOf(json);
    // A snapshot tells every table dropped before it tells it created: nobody dropped it.
    if (version !== null || origin === 'statement') this.#answer(keyOf(name), version);
    if (renamedFrom !== null) this.#answer(keyOf(renamedFrom), null);
  }

  #settleDatabase(record: HistoryRecordJson, origin: WalkedRecord['origin']): void {
    if (origin !== 'statement' || record.tableChanges.length > 0) return;
    if (!/^\s*DROP\s+(?:DATABASE|SCHEMA)\b/i.test(record.ddl ?? '')) return;
    const prefix = keyOf({ database: record.databaseName ?? '', table: '' });
    for (const key of this.#waiting.keys()) if (key.startsWith(prefix)) this.#answer(key, null);
  }

  #answer(key: string, version: TableVersion | null): void {
    for (const change of this.#waiting.get(key) ?? []) {
      change.before = version;
      change.comparedWith = version === null ? 'nothing' : 'previous';
    }
    this.#waiting.delete(key);
  }
}

interface ChangeNames {
  readonly name: TableName;
  readonly renamedFrom: TableName | null;
}

function namesOf(json: HistoryTableChangeJson): ChangeNames | null {
  const name = readTableId(json.id);
  const renamedFrom = json.previousId == null ? null : readTableId(json.previousId);
  return name === null ? null : { name, renamedFrom };
}

function versionOf(json: HistoryTableChangeJson): TableVersion | null {
  return json.table == null ? null : { table: json.table, comment: json.comment ?? null };
}

function originOf(record: HistoryRecordJson): WalkedRecord['origin'] {
  if (record.origin !== undefined) return record.origin;
  return record.position.snapshot === undefined ? 'statement' : 'snapshot';
}

/** The statements by which a snapshot empties a server before it describes it; only its CREATE TABLE tell something. */
function isBoilerplate(record: HistoryRecordJson, origin: WalkedRecord['origin']): boolean {
  if (origin === 'statement') return false;
  if (record.tableChanges.length > 0) return record.tableChanges.every(({ type }) => type === 'DROP');
  return !/^\s*CREATE\s+TABLE\b/i.test(record.ddl ?? '');
}

function keyOf({ database, table }: TableName): string {
  return `${database}\0${table}`;
}
