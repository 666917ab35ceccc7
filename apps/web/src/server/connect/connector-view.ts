import { flavorSchema } from '@sealane/contracts/connection';
import {
  type ConnectorPipeline,
  connectorConfigOf,
  reconcileConnectorConfig,
} from '@sealane/contracts/connector/connector-config-of';
import { readConnectorConfig } from '@sealane/contracts/connector/read-connector-config';
import { type ConnectorRow, findConnector } from '@sealane/db/repositories/connectors';
import type { Services } from '../services.ts';
import { type ConnectCall, readableConfig } from './connect-call.ts';
import { findDefaultCluster } from './default-cluster.ts';

/** A pipeline as a connector, with its configuration as the sender of the call may see it. */
export interface ConnectorView {
  row: ConnectorRow;
  config: Record<string, string>;
}

/** Null when there is no pipeline of this name. */
export async function findView(call: ConnectCall, name: string): Promise<ConnectorView | null> {
  const row = await findConnector(call.services, name);
  if (row === null) return null;
  return { row, config: readableConfig(call, await configOf(call.services, row)) };
}

/** The configuration, secrets and all. */
export async function configOf(services: Services, row: ConnectorRow): Promise<Record<string, string>> {
  return renderConfig(row, (await findDefaultCluster(services))?.id ?? null);
}

/** A connector's own text where it has one and that still holds; else what the pipeline says as properties. */
export function renderConfig(row: ConnectorRow, defaultClusterId: string | null): Record<string, string> {
  const { pipeline, source, storedConfig } = row;
  const { cluster } = pipeline;
  const named = storedConfig !== null && readConnectorConfig(storedConfig).cluster === cluster.name;
  const described: ConnectorPipeline = {
    name: pipeline.name,
    config: { ...pipeline.config, serverId: pipeline.serverId },
    source: { flavor: flavorSchema.parse(pipeline.source.flavor), ...source },
    cluster: cluster.id === defaultClusterId && !named ? null : cluster.name,
  };
  return storedConfig === null
    ? connectorConfigOf(described)
    : reconcileConnectorConfig(storedConfig, described);
}
