import type { Flavor } from '../connection.ts';
import { type PipelineConfig, type PipelineConfigInput, pipelineConfigSchema } from '../pipeline-config.ts';
import { connectorClasses, flavorOfConnectorClass } from './connector-classes.ts';
import { connectorFields, fieldOfProperty } from './connector-fields.ts';
import { type ConnectorSource, readConnectorSource, sourceProperties } from './connector-source.ts';
import { readConverters } from './converter-properties.ts';
import { noteOfProperty } from './known-properties.ts';
import { presentName, presentValue } from './old-names.ts';
import { completeElement, elementOfProperty } from './pattern-properties.ts';
import { type PropertyKind, PropertyTextError, parseProperty } from './property-kind.ts';
import {
  createReadingNotes,
  noteSchemaIssues,
  type PropertyMessage,
  type ReadingNotes,
} from './reading-notes.ts';

/** A connector's configuration, understood. With errors, source and pipeline hold what could be read. */
export interface ConnectorReading {
  /** `name`, which Connect also gives beside the configuration. */
  name: string | null;
  source: ConnectorSource;
  /** `sealane.cluster`: the name of the Kafka cluster; null for the installation's default. */
  cluster: string | null;
  /** The settings that were given. */
  pipeline: PipelineConfigInput;
  /** The same with every default; null when there are errors in it. */
  config: PipelineConfig | null;
  /** Properties without effect, each with the reason. */
  ignored: { property: string; reason: string }[];
  warnings: PropertyMessage[];
  /** Full sentences, as Connect and Debezium word them where they have a word for it. */
  errors: PropertyMessage[];
}

/** The property that names the Kafka cluster; a Connect worker has its own instead. */
export const CLUSTER_PROPERTY = 'sealane.cluster';

/** Without these no connector starts. */
export const requiredProperties = [
  'topic.prefix',
  'database.hostname',
  'database.user',
  'database.server.id',
] as const;

/**
 * Reads the configuration of a Debezium MySQL or MariaDB connector. Nothing is dropped: a property either makes a
 * field of `source` or `pipeline`, or stands in `ignored`, or in `errors`.
 */
export function readConnectorConfig(config: Readonly<Record<string, string>>): ConnectorReading {
  const notes = createReadingNotes();
  const { present, written } = takePresentNames(config, notes);
  const flavor = readFlavor(present, notes);
  const source = readConnectorSource(present, flavor, notes.invalid);
  const { raw, rest } = readFields(present, notes);
  for (const property of rest)
    noteUnused(
      { property, written: written.get(property) ?? property, text: present.get(property) ?? '' },
      notes,
    );
  for (const property of requiredProperties) {
    if ((present.get(property) ?? '').trim() === '') notes.invalid(property, 'A value is required');
  }
  const parsed = pipelineConfigSchema.safeParse(raw);
  if (!parsed.success) noteSchemaIssues(parsed.error.issues, raw, notes);
  return {
    name: present.get('name')?.trim() ?? null,
    source,
    cluster: present.get(CLUSTER_PROPERTY)?.trim() || null,
    pipeline: { topicPrefix: '', ...raw },
    config: parsed.success && notes.errors.length === 0 ? parsed.data : null,
    ignored: notes.ignored,
    warnings: notes.warnings,
    errors: notes.errors,
  };
}

/** The configuration by present names, and the old ones that were written for them. Where both are given the present one counts. */
function takePresentNames(
  config: Readonly<Record<string, string>>,
  notes: ReadingNotes,
): { present: ReadonlyMap<string, string>; written: ReadonlyMap<string, string> } {
  const present = new Map<string, string>();
  const written = new Map<string, string>();
  for (const [property, value] of Object.entries(config)) {
    const renamed = presentName(property);
    if (renamed === null) {
      present.set(property, value);
    } else if (config[renamed] !== undefined) {
      notes.ignored.push({ property, reason: `${renamed}, its present name, is given too.` });
    } else {
      present.set(renamed, value);
      written.set(renamed, property);
      notes.warnings.push({ property, message: `An old name of ${renamed}` });
    }
  }
  return { present, written };
}

function readFlavor(present: ReadonlyMap<string, string>, notes: ReadingNotes): Flavor | null {
  const className = present.get('connector.class');
  if (className === undefined || className.trim() === '') {
    notes.errors.push({
      property: 'connector.class',
      message: 'Missing required configuration "connector.class" which has no default value.',
    });
    return null;
  }
  const flavor = flavorOfConnectorClass(className);
  if (flavor === null) {
    notes.errors.push({
      property: 'connector.class',
      message: `Failed to find any class that implements Connector and which name matches ${className}, available connectors are: ${Object.values(connectorClasses).join(', ')}`,
    });
  }
  return flavor;
}

const consumedElsewhere = new Set([
  'name',
  'connector.class',
  CLUSTER_PROPERTY,
  ...Object.keys(sourceProperties),
]);

/** The fields of the pipeline configuration that are given, and the properties that no field stands for. */
function readFields(
  present: ReadonlyMap<string, string>,
  notes: ReadingNotes,
): { raw: Record<string, unknown>; rest: string[] } {
  const raw: Record<string, unknown> = {};
  const rest: string[] = [];
  const { converters, read } = readConverters(present, notes);
  if (converters !== undefined) raw.converters = converters;
  for (const [property, text] of present) {
    if (consumedElsewhere.has(property) || read.has(property)) continue;
    const place = fieldOfProperty(property);
    if (place === null) {
      if (!addElement({ property, text, raw }, notes)) rest.push(property);
      continue;
    }
    const { field, key } = place;
    const kind = field.kind.tag === 'map' ? field.kind.values : field.kind;
    const value = readValue({ property, text, kind }, notes);
    if (value === undefined) continue;
    raw[field.name] = key === null ? value : { ...asRecord(raw[field.name]), [key]: value };
  }
  for (const { name, absentValue, defaultValue } of connectorFields)
    if (absentValue !== defaultValue) raw[name] ??= absentValue;
  return { raw: { ...converterDefaults(present), ...raw }, rest };
}

/** A connector that names the JsonConverter and says no more gets schemas from it; one without a converter has ours. */
function converterDefaults(present: ReadonlyMap<string, string>): Record<string, unknown> {
  const sides = (['key', 'value'] as const).filter((side) =>
    /(^|\.)JsonConverter$/.test(present.get(`${side}.converter`)?.trim() ?? ''),
  );
  return Object.fromEntries(sides.map((side) => [`${side}ConverterSchemasEnable`, true]));
}

/** Adds a property that is one element of a list; false when it is of no such family. */
function addElement(
  { property, text, raw }: { property: string; text: string; raw: Record<string, unknown> },
  notes: ReadingNotes,
): boolean {
  const place = elementOfProperty(property);
  if (place === null) return false;
  const { name } = place.field;
  const before = Array.isArray(raw[name]) ? raw[name] : [];
  try {
    raw[name] = [...before, completeElement(place, text)];
  } catch (error) {
    if (!(error instanceof PropertyTextError)) throw error;
    notes.invalid(property, error.message);
  }
  return true;
}

function readValue(
  { property, text, kind }: { property: string; text: string; kind: PropertyKind },
  notes: ReadingNotes,
): unknown {
  const old = kind.tag === 'option' ? presentValue(property, text, kind.options) : null;
  if (old !== null) notes.warnings.push({ property, message: old.note });
  try {
    return parseProperty(kind, old?.value ?? text);
  } catch (error) {
    if (!(error instanceof PropertyTextError)) throw error;
    notes.invalid(property, error.message);
    return undefined;
  }
}

function noteUnused(
  { property, written, text }: { property: string; written: string; text: string },
  notes: ReadingNotes,
): void {
  const { reason, warning, error } = noteOfProperty(property, text);
  if (error !== undefined) {
    notes.invalid(written, error);
    return;
  }
  notes.ignored.push({ property: written, reason });
  if (warning !== undefined) notes.warnings.push({ property: written, message: warning });
}

function asRecord(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' ? { ...value } : {};
}
