import { snapshotModes } from '@sealane/contracts/config/snapshot-fields';
import type { ConnectorReading } from '@sealane/contracts/connector/read-connector-config';
import type { PipelineConfigInput } from '@sealane/contracts/pipeline-config';
import { type CaptureLists, type Draft, emptyDraft } from './draft.ts';
import { otherSettings, shownSetting, type TypedSettings } from './settings.ts';

const listNames = [
  'databaseIncludeList',
  'databaseExcludeList',
  'tableIncludeList',
  'tableExcludeList',
] as const;

/** The form filled in with what a connector says; source and cluster are chosen by the caller. */
export function draftOfConnector(reading: ConnectorReading): Draft {
  const { topicPrefix, snapshotMode, ...rest } = reading.pipeline;
  const { decimalHandlingMode, tombstonesOnDelete, ...capture } = rest;
  const { topicCreationPartitions, topicCreationReplicationFactor, ...others } = capture;
  const { lists, further: withTopics } = splitLists(others);
  const { compact, further: withSettings } = splitCompaction(withTopics);
  const { settings, further } = splitSettings(withSettings);
  const known = snapshotModeOf(snapshotMode);
  return {
    ...emptyDraft,
    name: (reading.name ?? topicPrefix).replace(/[^A-Za-z0-9 ._-]/g, '-'),
    topicPrefix,
    partitions: String(topicCreationPartitions ?? emptyDraft.partitions),
    replicationFactor:
      topicCreationReplicationFactor === undefined || topicCreationReplicationFactor === -1
        ? ''
        : String(topicCreationReplicationFactor),
    compact,
    snapshotMode: known ?? emptyDraft.snapshotMode,
    decimalHandlingMode: decimalHandlingMode ?? emptyDraft.decimalHandlingMode,
    tombstonesOnDelete: tombstonesOnDelete ?? true,
    lists,
    settings,
    further: known === null && snapshotMode !== undefined ? { ...further, snapshotMode } : further,
  };
}

type Others = Partial<PipelineConfigInput>;

/** A connector without lists captures everything: that is a choice too. */
function splitLists(config: Others): { lists: CaptureLists; further: Others } {
  const lists: CaptureLists = {};
  const further = { ...config };
  for (const name of listNames) {
    const list = further[name];
    delete further[name];
    if (list !== undefined && list.length > 0) lists[name] = list;
  }
  return { lists, further };
}

/** What the form's list of all settings can show is edited there. */
function splitSettings(config: Others): { settings: TypedSettings; further: Others } {
  const values = new Map(Object.entries(config));
  const shown = otherSettings.filter(({ name }) => values.has(name));
  const settings = Object.fromEntries(
    shown.map((field) => [field.name, shownSetting(field, values.get(field.name))]),
  );
  const further = [...values].filter(([name]) => !(name in settings));
  return { settings, further: Object.fromEntries(further) };
}

function splitCompaction(config: Others): { compact: boolean; further: Others } {
  const { topicCreationConfig, ...others } = config;
  if (topicCreationConfig === undefined) return { compact: false, further: others };
  const { 'cleanup.policy': policy, ...settings } = topicCreationConfig;
  if (policy !== 'compact') return { compact: false, further: config };
  const hasMore = Object.keys(settings).length > 0;
  return { compact: true, further: hasMore ? { ...others, topicCreationConfig: settings } : others };
}

/** Null for a mode that the form does not offer. */
function snapshotModeOf(mode: string | undefined): Draft['snapshotMode'] | null {
  return snapshotModes.find((known) => known === mode) ?? null;
}
