import { connectorClasses, flavorOfConnectorClass } from '@sealane/contracts/connector/connector-classes';
import {
  type ConnectorReading,
  readConnectorConfig,
} from '@sealane/contracts/connector/read-connector-config';
import { isSecretProperty, maskSecrets } from '@sealane/contracts/connector/secret-properties';
import { SealaneError } from '@sealane/errors/sealane-error';
import { testSource } from '../sources/test-source.ts';
import { connectError, fullText } from './connect-error.ts';
import { type PropertyDefinition, pluginProperties, propertyGroups } from './plugin-definitions.ts';
import { toConnection } from './resolve-source.ts';

interface PropertyValue {
  name: string;
  value: string | null;
  recommended_values: string[];
  errors: string[];
  visible: boolean;
}

/** Connect's `ConfigInfos`. */
export interface Validation {
  name: string;
  error_count: number;
  groups: string[];
  configs: { definition: PropertyDefinition | null; value: PropertyValue }[];
}

const HIDDEN_PASSWORD = '[hidden]';

/**
 * Checks a configuration as creating its connector would, by the same schema, and connects to the source when all
 * that it needs is right. Stores nothing. Throws 400 for a class that is none, or another than the path's.
 */
export async function validateConfig(plugin: string, config: Record<string, string>): Promise<Validation> {
  const connectorClass = config['connector.class'] ?? '';
  assertClass(plugin, connectorClass);
  const reading = readConnectorConfig(config);
  const errors = new Map<string, string[]>();
  const add = (property: string, message: string) =>
    errors.set(property, [...(errors.get(property) ?? []), message]);
  if ((config.name ?? '').trim() === '')
    add('name', 'Missing required configuration "name" which has no default value.');
  for (const { property, message } of reading.errors) add(property, message);
  if (reading.errors.length === 0)
    for (const [property, message] of await connectErrors(reading)) add(property, message);
  const flavor = flavorOfConnectorClass(connectorClass);
  return {
    name: flavor === null ? connectorClass : connectorClasses[flavor],
    error_count: [...errors.values()].flat().length,
    groups: [...propertyGroups],
    configs: describeValues(config, errors),
  };
}

/** Connect compares the names without `Connector` and lets an alias stand for the class that ends in it. */
function assertClass(plugin: string, connectorClass: string): void {
  if (connectorClass === '') throw connectError(400, 'Connector config {} contains no connector type');
  if (!withoutSuffix(connectorClass).endsWith(withoutSuffix(plugin))) {
    throw connectError(
      400,
      `Included connector type ${connectorClass} does not match request type ${plugin}`,
    );
  }
  const unknown = readConnectorConfig({ 'connector.class': connectorClass }).errors.find(
    ({ property }) => property === 'connector.class',
  );
  if (unknown !== undefined) throw connectError(400, unknown.message);
}

function withoutSuffix(name: string): string {
  return name.replace(/Connector$/, '');
}

/** What only the server can tell: that it answers, is of the class's kind, and is set up for capture. */
async function connectErrors({ source }: ConnectorReading): Promise<[property: string, message: string][]> {
  const { error, flavor, version, checks } = await testSource(toConnection(source));
  if (error !== null)
    return [['database.hostname', `Unable to connect: ${fullText(SealaneError.fromReport(error))}`]];
  if (flavor !== null && flavor !== source.flavor) {
    return [
      ['connector.class', `The server is ${version}, for which the class is ${connectorClasses[flavor]}`],
    ];
  }
  return checks
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ title, measured, wanted, why, remedy }) => [
      'database.hostname',
      `${title} is ${measured ?? 'unknown'}, wanted ${wanted}. ${why} ${remedy ?? ''}`.trim(),
    ]);
}

/** Every defined property with its value, then those that are wrong without being defined. */
function describeValues(
  config: Record<string, string>,
  errors: ReadonlyMap<string, string[]>,
): Validation['configs'] {
  const visible = maskSecrets(config);
  const defined = new Set(pluginProperties.map(({ definition }) => definition.name));
  const value = (name: string, fallback: string | null, options: readonly string[] = []): PropertyValue => ({
    name,
    value:
      config[name] !== undefined && isSecretProperty(name) ? HIDDEN_PASSWORD : (visible[name] ?? fallback),
    recommended_values: [...options],
    errors: errors.get(name) ?? [],
    visible: true,
  });
  return [
    ...pluginProperties.map(({ definition, options }) => ({
      definition,
      value: value(definition.name, definition.default_value, options),
    })),
    ...[...errors.keys()]
      .filter((name) => !defined.has(name))
      .map((name) => ({ definition: null, value: value(name, null) })),
  ];
}
