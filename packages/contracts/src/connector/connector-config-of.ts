import type { PipelineConfig } from '../pipeline-config.ts';
import { connectorClasses } from './connector-classes.ts';
import { type ConnectorField, connectorFields, propertyOfKey } from './connector-fields.ts';
import { type ConnectorSource, sourceToProperties } from './connector-source.ts';
import { converterProperties } from './converter-properties.ts';
import { presentName } from './old-names.ts';
import { propertyOfElement } from './pattern-properties.ts';
import { printProperty } from './property-kind.ts';
import { CLUSTER_PROPERTY, readConnectorConfig } from './read-connector-config.ts';

/** A pipeline with all that a connector's configuration tells of it. */
export interface ConnectorPipeline {
  name: string;
  /** With the replica id in use as `serverId`. */
  config: PipelineConfig;
  source: ConnectorSource;
  /** The cluster's name; null for the installation's default, which a connector does not name. */
  cluster: string | null;
}

/** The connector configuration that {@link readConnectorConfig} reads as this pipeline. Defaults are left out. */
export function connectorConfigOf(pipeline: ConnectorPipeline): Record<string, string> {
  const { name, config, source, cluster } = pipeline;
  const values: Readonly<Record<string, unknown>> = { ...config };
  return {
    name,
    'connector.class': connectorClasses[source.flavor ?? 'mysql'],
    'tasks.max': '1',
    ...sourceToProperties(source),
    ...(cluster === null ? {} : { [CLUSTER_PROPERTY]: cluster }),
    ...Object.fromEntries(connectorFields.flatMap((field) => fieldProperties(field, values[field.name]))),
  };
}

function fieldProperties(field: ConnectorField, value: unknown): [property: string, text: string][] {
  if (value === undefined || value === null || isEqual(value, field.absentValue)) return [];
  if (field.name === 'converters' && Array.isArray(value)) return converterProperties(value);
  if (field.patterns.length > 0 && Array.isArray(value)) return elementProperties(field, value);
  const { kind } = field;
  if (kind.tag !== 'map') return [[field.property, printProperty(kind, value)]];
  return Object.entries(value).map(([key, item]) => [
    propertyOfKey(field, key),
    printProperty(kind.values, item),
  ]);
}

/** Elements of one property are one list. */
function elementProperties(
  field: ConnectorField,
  elements: readonly Readonly<Record<string, unknown>>[],
): [property: string, text: string][] {
  const texts = new Map<string, string>();
  for (const element of elements) {
    const [property, text] = propertyOfElement(field, element) ?? [];
    if (property === undefined || text === undefined) continue;
    const before = texts.get(property);
    texts.set(property, before === undefined ? text : `${before},${text}`);
  }
  return [...texts];
}

function isEqual(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/**
 * The configuration of a pipeline that was made from a connector's: `stored` word for word as long as it still says
 * what the pipeline is. Where the pipeline was changed since, in the console say, the properties concerned are
 * rewritten, and all others stay as they were.
 */
export function reconcileConnectorConfig(
  stored: Readonly<Record<string, string>>,
  pipeline: ConnectorPipeline,
): Record<string, string> {
  const reading = readConnectorConfig(stored);
  const wanted = connectorConfigOf(pipeline);
  const had =
    reading.config === null
      ? {}
      : connectorConfigOf({
          name: reading.name ?? pipeline.name,
          config: reading.config,
          source: reading.source,
          cluster: reading.cluster,
        });
  const result: Record<string, string> = { ...stored };
  for (const property of new Set([...Object.keys(had), ...Object.keys(wanted)])) {
    const text = wanted[property];
    if (text === had[property]) continue;
    for (const name of Object.keys(result)) if (presentName(name) === property) delete result[name];
    if (text === undefined) delete result[property];
    else result[property] = text;
  }
  return result;
}
