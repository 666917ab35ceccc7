import type { SchemaEvent, TableChange } from '../../change/schema-event.ts';
import type { TableDefinition } from '../../change/table-definition.ts';
import type { AlterStep, CharsetOption, DdlStatement, DeclaredKey, TableName } from '../ddl/ddl-statement.ts';
import type { ParsedDdl } from '../ddl/parse-ddl.ts';
import { SchemaConflict } from './alter-columns.ts';
import { alterTable, defineTable } from './define-table.ts';
import { identifyingColumns } from './record-key.ts';

type Of<Kind extends DdlStatement['kind']> = Extract<DdlStatement, { kind: Kind }>;

/** Why a table's schema is not known. */
export interface SchemaGap {
  /** The statement that could not be followed. */
  readonly sql: string;
  readonly reason: string;
}

export interface SchemaCatalogOptions {
  /** Whose tables are kept; statements on others have no effect and make no events. */
  tracks: (name: TableName) => boolean;
  /** The server compares names without regard to case (`lower_case_table_names` other than 0). */
  foldsNames: boolean;
}

/**
 * Every table as of one position of the binlog. `apply` moves it past a statement and says what became of which table; a
 * statement that does not fit or was not understood leaves a gap, never a wrong schema.
 */
export class SchemaCatalog {
  readonly #options: SchemaCatalogOptions;
  readonly #tables = new Map<string, TableDefinition>();
  readonly #gaps = new Map<string, SchemaGap>();
  readonly #charsets = new Map<string, string | null>();
  #serverCharset: string | null = null;

  constructor(options: SchemaCatalogOptions) {
    this.#options = options;
  }

  find(name: TableName): TableDefinition | null {
    return this.#tables.get(this.#key(name)) ?? null;
  }

  /** Why a table is not known; null where no statement is to blame. */
  gap(name: TableName): SchemaGap | null {
    return this.#gaps.get(this.#key(name)) ?? null;
  }

  /** Forgets everything. */
  clear(): void {
    this.#tables.clear();
    this.#gaps.clear();
    this.#charsets.clear();
    this.#serverCharset = null;
  }

  set serverCharset(charset: string | null) {
    this.#serverCharset = charset;
  }

  setDatabaseCharset(database: string, charset: string | null): void {
    this.#charsets.set(this.#fold(database), charset);
  }

  /** Takes a table as it is now. */
  put(table: TableDefinition): void {
    if (!this.#options.tracks(table)) return;
    const key = this.#key(table);
    this.#tables.set(key, table);
    this.#gaps.delete(key);
  }

  remove(name: TableName): void {
    this.#tables.delete(this.#key(name));
    this.#gaps.delete(this.#key(name));
  }

  /** Moves past a statement. `database` is its default one. The events are Debezium's, in its order. */
  apply({ statement, sql }: ParsedDdl, database: string): SchemaEvent[] {
    switch (statement.kind) {
      case 'create-table':
      case 'create-table-like':
        return this.#create(statement, { sql, database });
      case 'alter-table':
        return this.#alter(statement, { sql, database });
      case 'rename-tables':
        return this.#rename(statement, { sql, database });
      case 'drop-tables':
        return this.#drop(statement);
      case 'create-index':
      case 'drop-index':
        return this.#index(statement, { sql, database });
      case 'create-database':
      case 'drop-database':
      case 'alter-database':
        return this.#database(statement, { sql, database });
      case 'refused':
        return this.#refuse(statement, { sql, database });
      case 'truncate':
      case 'ignored':
        return [];
    }
  }

  #create(statement: Of<'create-table' | 'create-table-like'>, run: Run): SchemaEvent[] {
    const { name } = statement;
    if (!this.#options.tracks(name)) return [];
    if (this.#tables.has(this.#key(name)) && statement.unlessExists) return [withoutEffect(run)];
    const definition = this.#follow(name, run, () =>
      statement.kind === 'create-table'
        ? defineTable(name, statement.body, this.#charsetOf(name.database))
        : { ...this.#known(statement.like), ...name },
    );
    return [event(run.sql, name, definition === null ? [] : [change('CREATE', name, definition)])];
  }

  #alter({ name, steps }: Of<'alter-table'>, run: Run): SchemaEvent[] {
    const target = steps.findLast((step) => step.step === 'rename-table')?.to ?? name;
    if (!this.#options.tracks(name) && !this.#options.tracks(target)) return [];
    const definition = this.#altered(name, steps, run);
    if (target === name) {
      if (definition === null)
        return [this.#gaps.has(this.#key(name)) ? event(run.sql, name, []) : withoutEffect(run)];
      return [event(run.sql, name, [change('ALTER', name, definition)])];
    }
    return [event(run.sql, target, this.#move(name, target, run))];
  }

  #altered(name: TableName, steps: readonly AlterStep[], run: Run): TableDefinition | null {
    return this.#follow(name, run, () =>
      alterTable(this.#known(name), steps, this.#charsetOf(name.database)),
    );
  }

  #rename({ renames }: Of<'rename-tables'>, run: Run): SchemaEvent[] {
    const tracked = renames.filter(({ from, to }) => this.#options.tracks(from) || this.#options.tracks(to));
    const tables = tracked.map(({ to }) => to.table).join(',');
    const verb = /rename\s+table/i.exec(run.sql)?.[0] ?? 'RENAME TABLE';
    const events = tracked.map(({ from, to, sql }) => ({
      database: to.database,
      tables,
      ddl: `${verb} ${sql}`,
      changes: this.#move(from, to, run),
    }));
    return events.map((event) => ({ ...event, changes: event.changes.map((made) => this.#passing(made)) }));
  }

  /** A name that the same statement has taken away again is told to the history only. */
  #passing(made: TableChange): TableChange {
    return { ...made, passing: !this.#tables.has(this.#key(made)) };
  }

  #move(from: TableName, to: TableName, run: Run): TableChange[] {
    const moved = this.#tables.get(this.#key(from));
    const gap = this.#gaps.get(this.#key(from));
    this.remove(from);
    this.remove(to);
    if (moved === undefined) {
      this.#gaps.set(this.#key(to), gap ?? { sql: run.sql, reason: `${from.table} was not known.` });
      return [];
    }
    const definition = { ...moved, ...to };
    this.put(definition);
    return [{ ...change('ALTER', to, definition), previous: from }];
  }

  #drop({ names, ifExists, behaviour }: Of<'drop-tables'>): SchemaEvent[] {
    const tracked = names.filter(this.#options.tracks);
    return tracked.map((name) => {
      this.remove(name);
      const tables = tracked.filter(({ database }) => database === name.database).map(({ table }) => table);
      const ddl = `DROP TABLE ${ifExists ? 'IF EXISTS ' : ''}${quoted(name)}${behaviour === null ? '' : ` ${behaviour}`}`;
      return {
        database: name.database,
        tables: tables.join(','),
        ddl,
        changes: [change('DROP', name, null)],
      };
    });
  }

  #index(statement: Of<'create-index' | 'drop-index'>, run: Run): SchemaEvent[] {
    const { table } = statement;
    if (!this.#options.tracks(table)) return [];
    const before = this.#tables.get(this.#key(table));
    if (before === undefined) return [withoutEffect(run)];
    const after = this.#altered(table, [indexStep(statement)], run);
    if (after === null || sameKeys(before, after)) return [withoutEffect(run)];
    return [event(run.sql, table, [change('ALTER', table, after)])];
  }

  #database(statement: Of<'create-database' | 'drop-database' | 'alter-database'>, run: Run): SchemaEvent[] {
    const { database } = statement;
    if (!this.#options.tracks({ database, table: '' })) return [];
    if (statement.kind === 'alter-database') {
      if (statement.charset !== null) this.setDatabaseCharset(database, this.#chosen(statement.charset));
      return [withoutEffect(run)];
    }
    const isGone = statement.kind === 'drop-database' || statement.replaces;
    if (isGone) this.#forgetDatabase(database);
    if (statement.kind === 'create-database' && (isGone || !this.#charsets.has(this.#fold(database)))) {
      this.setDatabaseCharset(database, this.#chosen(statement.charset ?? 'default'));
    }
    return [{ database, tables: null, ddl: run.sql, changes: [] }];
  }

  #forgetDatabase(database: string): void {
    const prefix = `${this.#fold(database)}\0`;
    for (const key of [...this.#tables.keys(), ...this.#gaps.keys()]) {
      if (!key.startsWith(prefix)) continue;
      this.#tables.delete(key);
      this.#gaps.delete(key);
    }
    this.#charsets.delete(this.#fold(database));
  }

  /** Nothing that a refused statement may have touched is known any more; without a name that is everything. */
  #refuse({ tables, reason }: Of<'refused'>, run: Run): SchemaEvent[] {
    const gap = { sql: run.sql, reason };
    const keys = tables.length === 0 ? [...this.#tables.keys()] : tables.map((name) => this.#key(name));
    for (const key of keys) {
      this.#tables.delete(key);
      this.#gaps.set(key, gap);
    }
    const [first] = tables;
    if (first === undefined) return [withoutEffect(run)];
    return tables.some(this.#options.tracks) ? [event(run.sql, first, [])] : [];
  }

  /** Stores what `make` returns; a conflict leaves a gap and null. */
  #follow(name: TableName, run: Run, make: () => TableDefinition): TableDefinition | null {
    try {
      const definition = make();
      this.put(definition);
      return definition;
    } catch (thrown) {
      if (!(thrown instanceof SchemaConflict)) throw thrown;
      this.remove(name);
      this.#gaps.set(this.#key(name), { sql: run.sql, reason: thrown.message });
      return null;
    }
  }

  #known(name: TableName): TableDefinition {
    const known = this.#tables.get(this.#key(name));
    if (known === undefined) throw new SchemaConflict(`${name.table} was not known.`);
    return known;
  }

  #chosen(option: CharsetOption): string | null {
    return option === 'default' ? this.#serverCharset : option.charset;
  }

  #charsetOf(database: string): string | null {
    return this.#charsets.get(this.#fold(database)) ?? this.#serverCharset;
  }

  #fold(name: string): string {
    return this.#options.foldsNames ? name.toLowerCase() : name;
  }

  #key({ database, table }: TableName): string {
    return `${this.#fold(database)}\0${this.#fold(table)}`;
  }
}

/** A statement being applied. */
interface Run {
  readonly sql: string;
  /** Its default database. */
  readonly database: string;
}

function withoutEffect({ sql, database }: Run): SchemaEvent {
  return { database, tables: '', ddl: sql, changes: [] };
}

function event(ddl: string, { database, table }: TableName, changes: readonly TableChange[]): SchemaEvent {
  return { database, tables: table, ddl, changes };
}

function change(
  type: TableChange['type'],
  { database, table }: TableName,
  definition: TableDefinition | null,
): TableChange {
  return { type, database, table, previous: null, definition };
}

function quoted({ database, table }: TableName): string {
  const quote = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
  return `${quote(database)}.${quote(table)}`;
}

function indexStep(statement: Of<'create-index' | 'drop-index'>): AlterStep {
  if (statement.kind === 'drop-index') {
    return { step: 'drop-key', name: statement.name.toUpperCase() === 'PRIMARY' ? null : statement.name };
  }
  const key: DeclaredKey | null = statement.key;
  return key === null ? { step: 'nothing' } : { step: 'add-key', key, guarded: statement.guarded };
}

function sameKeys(before: TableDefinition, after: TableDefinition): boolean {
  return identifyingColumns(before).join('\0') === identifyingColumns(after).join('\0');
}
