import type { TableSchema } from '@sealane/binlog/table/table-schema';
import type { PipelineConfig } from '@sealane/contracts/pipeline-config';
import { compileMessageKeys, type KeyColumns } from './message-key.ts';

/** The lists that decide what is captured; each entry a regular expression anchored to the whole name. */
export type CaptureLists = Pick<
  PipelineConfig,
  | 'databaseIncludeList'
  | 'databaseExcludeList'
  | 'tableIncludeList'
  | 'tableExcludeList'
  | 'columnIncludeList'
  | 'columnExcludeList'
  | 'tableIgnoreBuiltin'
  | 'messageKeyColumns'
>;

/** The servers' own databases, not captured under `table.ignore.builtin`. */
export const SYSTEM_DATABASES: readonly string[] = [
  'mysql',
  'information_schema',
  'performance_schema',
  'sys',
];

/** Answers whether a database, a table, a column is captured. Names match without regard to case, as Debezium's. */
export interface CaptureFilter {
  database(database: string): boolean;
  table(database: string, table: string): boolean;
  /** Whether a column with this name is captured, and its table with it. */
  column(database: string, table: string, column: string): boolean;
  /** The captured columns of a table by ordinal. */
  columns(schema: TableSchema): (ordinal: number) => boolean;
  readonly key: KeyColumns;
}

const everyColumn = (): boolean => true;

/** Compiles the lists; a pattern that is no regular expression throws a SyntaxError, which the schema rules out. */
export function compileCaptureFilter(lists: CaptureLists): CaptureFilter {
  const databaseListed = compileLists(lists.databaseIncludeList, lists.databaseExcludeList);
  const tableListed = compileLists(lists.tableIncludeList, lists.tableExcludeList);
  const columnListed = compileLists(lists.columnIncludeList, lists.columnExcludeList);
  const everyColumnListed = lists.columnIncludeList.length + lists.columnExcludeList.length === 0;
  const ignored = lists.tableIgnoreBuiltin ? SYSTEM_DATABASES : [];
  const database = (name: string): boolean => !ignored.includes(name.toLowerCase()) && databaseListed(name);
  const table = (db: string, name: string): boolean => database(db) && tableListed(`${db}.${name}`);
  return {
    database,
    table,
    column: (db, tbl, name) => table(db, tbl) && columnListed(`${db}.${tbl}.${name}`),
    columns(schema) {
      if (everyColumnListed && schema.columns.every(({ hidden }) => hidden === undefined)) return everyColumn;
      const included = schema.columns.map(
        ({ name, hidden }) =>
          hidden === undefined && columnListed(`${schema.database}.${schema.table}.${name}`),
      );
      return (ordinal) => included[ordinal] === true;
    },
    key: compileMessageKeys(lists.messageKeyColumns),
  };
}

function compileLists(include: readonly string[], exclude: readonly string[]): (name: string) => boolean {
  const anchored = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`, 'i');
  if (include.length > 0) {
    const patterns = include.map(anchored);
    return (name) => patterns.some((pattern) => pattern.test(name));
  }
  const patterns = exclude.map(anchored);
  return (name) => !patterns.some((pattern) => pattern.test(name));
}
