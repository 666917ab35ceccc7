import type { SourceTable } from '@sealane/contracts/api/sources';
import type { PipelineConfig } from '@sealane/contracts/pipeline-config';
import { type FieldIssue, SealaneError } from '@sealane/errors/sealane-error';

type TableName = Pick<SourceTable, 'database' | 'table'>;

const LITERAL = /^(?:[A-Za-z0-9_$-]|\\.)+$/;

/** The tables that a configuration captures: patterns are anchored and ignore letter case, as Debezium's. */
export function capturedTables(config: PipelineConfig, tables: readonly SourceTable[]): SourceTable[] {
  return tables.filter(captureRule(config));
}

/** Whether a configuration captures a table of this name. */
export function captureRule(config: PipelineConfig): (name: TableName) => boolean {
  const database = listed(config.databaseIncludeList, config.databaseExcludeList);
  const table = listed(config.tableIncludeList, config.tableExcludeList);
  return (name) => database(name.database) && table(nameOf(name));
}

/**
 * Throws `UNKNOWN_TABLE` when nothing is captured, or when a list names a table or database outright that is not
 * there. A pattern may be meant for tables to come, so that one without a match is no error beside others.
 */
export function assertTablesKnown(config: PipelineConfig, tables: readonly SourceTable[]): void {
  const captured = capturedTables(config, tables);
  const fields = [
    ...unknownNames(config.databaseIncludeList, {
      path: 'config.databaseIncludeList',
      names: tables.map((t) => t.database),
    }),
    ...unknownNames(config.tableIncludeList, { path: 'config.tableIncludeList', names: tables.map(nameOf) }),
  ];
  if (captured.length > 0 && fields.length === 0) return;
  const anyList = config.tableIncludeList.length > 0 ? 'tableIncludeList' : 'databaseIncludeList';
  throw new SealaneError({
    code: 'UNKNOWN_TABLE',
    message:
      captured.length === 0 ? 'No table of the source matches.' : 'Some of the tables are not at the source.',
    why: `The capture user sees ${tables.length} tables${tables.length === 0 ? '' : `, e.g. ${tables.slice(0, 3).map(nameOf).join(', ')}`}.`,
    remedy: 'Correct the patterns (a dot is written \\.), or grant SELECT on the tables to the capture user.',
    fields: fields.length > 0 ? fields : [{ path: `config.${anyList}`, message: 'No table matches' }],
  });
}

/** Patterns that match nothing now: worth a warning, since they may be meant for tables to come. */
export function idlePatterns(config: PipelineConfig, tables: readonly SourceTable[]): string[] {
  return config.tableIncludeList.filter(
    (pattern) => !tables.some((table) => anchored(pattern).test(nameOf(table))),
  );
}

function unknownNames(
  patterns: readonly string[],
  known: { path: string; names: readonly string[] },
): FieldIssue[] {
  return patterns.flatMap((pattern, index) => {
    if (!LITERAL.test(pattern) || known.names.some((name) => anchored(pattern).test(name))) return [];
    return [
      { path: `${known.path}.${index}`, message: `${pattern.replaceAll('\\', '')} is not at the source` },
    ];
  });
}

function listed(include: readonly string[], exclude: readonly string[]): (name: string) => boolean {
  const wanted = include.map(anchored);
  if (wanted.length > 0) return (name) => wanted.some((pattern) => pattern.test(name));
  const unwanted = exclude.map(anchored);
  return (name) => !unwanted.some((pattern) => pattern.test(name));
}

const anchored = (pattern: string) => new RegExp(`^(?:${pattern})$`, 'i');
const nameOf = (table: TableName) => `${table.database}.${table.table}`;
