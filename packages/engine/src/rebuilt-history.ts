import type { CaptureFilter } from './change/capture-filter.ts';
import type { SchemaChange } from './change/change.ts';
import { isUpTo, type Position } from './change/position.ts';
import type { SchemaEvent } from './change/schema-event.ts';
import type { PipelineEvents } from './pipeline-events.ts';

export interface RebuiltHistoryOptions {
  /** Where the server stood when its tables were read. */
  until: Position;
  filter: CaptureFilter;
  events: PipelineEvents;
}

const MOST_SQL = 200;

/**
 * A history made anew holds the tables as they were at `until`, while the stream begins before it. A statement between the two
 * changed a table after rows that were read with its later columns: a TABLE_MAP without names proves their types, not their
 * names. That is told once per table.
 */
export class RebuiltHistory {
  readonly #options: RebuiltHistoryOptions;
  readonly #told = new Set<string>();

  constructor(options: RebuiltHistoryOptions) {
    this.#options = options;
  }

  /** Takes a change of the stream. True: the stream is past what is in doubt. */
  pass(change: SchemaChange): boolean {
    if (!isUpTo(change, this.#options.until)) return true;
    if (change.origin === 'statement') for (const event of change.events) this.#judge(event, change);
    return false;
  }

  #judge(event: SchemaEvent, { file, start }: SchemaChange): void {
    // A table that comes into being has no earlier rows.
    if (event.changes.length > 0 && event.changes.every(({ type }) => type === 'CREATE')) return;
    for (const table of (event.tables ?? '').split(',')) {
      const name = `${event.database}.${table}`;
      if (table === '' || this.#told.has(name) || !this.#options.filter.table(event.database, table))
        continue;
      this.#told.add(name);
      this.#options.events.warn(
        'schema.history.doubt',
        `“${event.ddl.slice(0, MOST_SQL)}” at ${file}:${start} changed ${name} before the schema history was made anew: rows that this run read ` +
          'of it before the statement have the names that its columns have now. If rows were written then, take a new snapshot of the table; ' +
          'with binlog_row_metadata = FULL the binlog tells the names itself.',
      );
    }
  }
}
