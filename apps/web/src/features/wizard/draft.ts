import type { SourceTable } from '@sealane/contracts/api/sources';
import type { snapshotModes } from '@sealane/contracts/config/snapshot-fields';
import { type PipelineConfigInput, pipelineConfigSchema } from '@sealane/contracts/pipeline-config';
import { settingsConfig, type TypedSettings } from './settings.ts';

export const stepIds = ['source', 'tables', 'topics', 'cluster', 'review'] as const;
export type StepId = (typeof stepIds)[number];

/** Tables as patterns, in place of picks. */
export type CaptureLists = Pick<
  PipelineConfigInput,
  'databaseIncludeList' | 'databaseExcludeList' | 'tableIncludeList' | 'tableExcludeList'
>;

/** A pipeline as it is being put together. Numbers are text while they are typed. */
export interface Draft {
  name: string;
  sourceId: string | null;
  clusterId: string | null;
  /** `database` for a whole database, its future tables included; `database.table` for one table. */
  picks: readonly string[];
  /** The patterns of a connector that was pasted; while they are there, the picks do not count. */
  lists: CaptureLists | null;
  /** Settings of that connector which the form has no field for. */
  further: Partial<PipelineConfigInput>;
  topicPrefix: string;
  partitions: string;
  /** Empty: the broker's default. */
  replicationFactor: string;
  compact: boolean;
  snapshotMode: (typeof snapshotModes)[number];
  decimalHandlingMode: 'precise' | 'double' | 'string';
  tombstonesOnDelete: boolean;
  /** All other settings that were touched. */
  settings: TypedSettings;
  start: boolean;
}

export const emptyDraft: Draft = {
  name: '',
  sourceId: null,
  clusterId: null,
  picks: [],
  lists: null,
  further: {},
  topicPrefix: '',
  partitions: '1',
  replicationFactor: '',
  compact: false,
  snapshotMode: 'initial',
  decimalHandlingMode: 'precise',
  tombstonesOnDelete: true,
  settings: {},
  start: true,
};

/** Splits a pick at its first dot; database names with dots are told apart by the known tables. */
export function tableId(table: Pick<SourceTable, 'database' | 'table'>): string {
  return `${table.database}.${table.table}`;
}

function literal(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The include lists that capture exactly the picks. */
export function includeLists(
  picks: readonly string[],
  tables: readonly SourceTable[],
): Pick<PipelineConfigInput, 'databaseIncludeList' | 'tableIncludeList'> {
  const databases = new Set(tables.map((table) => table.database));
  const wholes = picks.filter((pick) => databases.has(pick));
  const singles = tables.filter((table) => picks.includes(tableId(table)));
  if (singles.length === 0) return { databaseIncludeList: wholes.map(literal), tableIncludeList: [] };
  const touched = [...new Set([...wholes, ...singles.map((table) => table.database)])];
  return {
    databaseIncludeList: touched.map(literal),
    tableIncludeList: [
      ...wholes.map((name) => `${literal(name)}\\..*`),
      ...singles.map((table) => literal(tableId(table))),
    ],
  };
}

/** The tables that the picks cover now. */
export function pickedTables(picks: readonly string[], tables: readonly SourceTable[]): SourceTable[] {
  const chosen = new Set(picks);
  return tables.filter((table) => chosen.has(table.database) || chosen.has(tableId(table)));
}

/** The tables that the draft covers now, by its picks or by its patterns. */
export function draftTables({ picks, lists }: Draft, tables: readonly SourceTable[]): SourceTable[] {
  if (lists === null) return pickedTables(picks, tables);
  const database = allows(lists.databaseIncludeList, lists.databaseExcludeList);
  const table = allows(lists.tableIncludeList, lists.tableExcludeList);
  return tables.filter((entry) => database(entry.database) && table(tableId(entry)));
}

function allows(include: readonly string[] = [], exclude: readonly string[] = []) {
  const matches = (patterns: readonly string[], name: string) =>
    patterns.some((pattern) => anchored(pattern)?.test(name) === true);
  return (name: string) => (include.length === 0 || matches(include, name)) && !matches(exclude, name);
}

/** Anchored and without regard to letter case, as Debezium's; null for what is no pattern, which the server will refuse. */
function anchored(pattern: string): RegExp | null {
  try {
    return new RegExp(`^(?:${pattern})$`, 'i');
  } catch {
    return null;
  }
}

/** The capture settings that differ from the defaults, as the API takes them. */
export function draftConfig(draft: Draft, tables: readonly SourceTable[]): PipelineConfigInput {
  const config: PipelineConfigInput = {
    ...draft.further,
    ...settingsConfig(draft.settings),
    topicPrefix: draft.topicPrefix.trim(),
    ...(draft.lists ?? includeLists(draft.picks, tables)),
  };
  if (config.tableIncludeList?.length === 0) delete config.tableIncludeList;
  if (draft.snapshotMode !== 'initial') config.snapshotMode = draft.snapshotMode;
  if (draft.decimalHandlingMode !== 'precise') config.decimalHandlingMode = draft.decimalHandlingMode;
  if (!draft.tombstonesOnDelete) config.tombstonesOnDelete = false;
  if (draft.partitions.trim() !== '1') config.topicCreationPartitions = Number(draft.partitions);
  if (draft.replicationFactor.trim() !== '')
    config.topicCreationReplicationFactor = Number(draft.replicationFactor);
  if (draft.compact)
    config.topicCreationConfig = { ...config.topicCreationConfig, 'cleanup.policy': 'compact' };
  return config;
}

/** The whole input of `POST /pipelines`. */
export function draftInput(draft: Draft, tables: readonly SourceTable[]) {
  return {
    name: draft.name.trim(),
    sourceId: draft.sourceId ?? '',
    clusterId: draft.clusterId ?? '',
    config: draftConfig(draft, tables),
    start: draft.start,
  };
}

/** Field errors by the API's path. */
export type DraftErrors = Readonly<Record<string, string>>;

const stepOfField: readonly [RegExp, StepId][] = [
  [/^name$|^start$/, 'review'],
  [/^sourceId/, 'source'],
  [/^clusterId/, 'cluster'],
  [/^config\.(table|database)IncludeList/, 'tables'],
  [/^config/, 'topics'],
];

/** The step whose form holds a field of the API's input. */
export function stepOf(path: string): StepId {
  return stepOfField.find(([pattern]) => pattern.test(path))?.[1] ?? 'review';
}

/** What is wrong with one step, by the API's path; empty when it is complete. */
export function checkStep(step: StepId, draft: Draft, tables: readonly SourceTable[]): DraftErrors {
  if (step === 'source')
    return draft.sourceId === null ? { sourceId: 'Choose a source, or connect a new one' } : {};
  if (step === 'cluster')
    return draft.clusterId === null ? { clusterId: 'Choose a cluster, or connect a new one' } : {};
  if (step === 'tables')
    return draft.lists === null && draft.picks.length === 0
      ? { 'config.tableIncludeList': 'Choose at least one table' }
      : {};
  if (step === 'review') return draft.name.trim() === '' ? { name: 'Give the pipeline a name' } : {};
  const result = pipelineConfigSchema.safeParse(draftConfig(draft, tables));
  if (result.success) return {};
  const errors: Record<string, string> = {};
  for (const issue of result.error.issues) {
    const path = `config.${issue.path.join('.')}`;
    if (stepOf(path) === 'topics') errors[path] ??= issue.message;
  }
  return errors;
}

/** A topic prefix made of a name: lower case, only what Kafka allows. */
export function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}
