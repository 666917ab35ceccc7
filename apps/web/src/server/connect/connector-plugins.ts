import { connectorClasses, flavorOfConnectorClass } from '@sealane/contracts/connector/connector-classes';
import { SOURCE_VERSION } from '@sealane/contracts/source-version';
import { connectError } from './connect-error.ts';
import { type PropertyDefinition, pluginProperties } from './plugin-definitions.ts';

export interface ConnectorPlugin {
  class: string;
  type: 'source';
  version: string;
}

/** What can be run: Debezium's two connectors. There are no other kinds of plug-in. */
export function listPlugins(): ConnectorPlugin[] {
  return [connectorClasses.mariadb, connectorClasses.mysql].map((name) => ({
    class: name,
    type: 'source',
    version: SOURCE_VERSION,
  }));
}

/** The properties of a plug-in, which is named in full or by its alias. Throws 404. */
export function describePlugin(name: string): PropertyDefinition[] {
  if (flavorOfConnectorClass(name) === null) throw connectError(404, `Unknown plugin ${name}.`);
  return pluginProperties.map(({ definition }) => definition);
}
