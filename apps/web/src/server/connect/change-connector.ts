import type { ConnectorRow } from '@sealane/db/repositories/connectors';
import { updatePipeline } from '../pipelines/update-pipeline.ts';
import type { ConnectCall } from './connect-call.ts';
import { invalidConfig } from './connect-error.ts';
import { checkedReading, refusal } from './create-connector.ts';
import { resolveCluster } from './default-cluster.ts';
import { resolveSource } from './resolve-source.ts';

/**
 * Gives a connector another configuration, and its pipeline what of it changed; a running one restarts only when
 * something that concerns it did. Throws Connect's errors; a refused configuration changes nothing.
 */
export async function changeConnector(
  call: ConnectCall,
  row: ConnectorRow,
  config: Record<string, string>,
): Promise<void> {
  const { services } = call;
  const { pipeline } = row;
  const reading = checkedReading(config);
  const cluster = await resolveCluster(services, reading.cluster);
  if (cluster.id !== pipeline.cluster.id) {
    throw invalidConfig([
      `The 'sealane.cluster' value is invalid: the connector writes to ${pipeline.cluster.name} for good, where its offsets are`,
    ]);
  }
  const source = await resolveSource(services, reading.source);
  const changed =
    source.id !== pipeline.source.id ||
    JSON.stringify(reading.config) !== JSON.stringify({ ...pipeline.config, serverId: pipeline.serverId });
  try {
    await updatePipeline(
      services,
      {
        id: pipeline.id,
        connectorConfig: config,
        ...(changed ? { config: reading.config, sourceId: source.id } : {}),
      },
      call,
    );
  } catch (thrown) {
    await source.undo();
    throw refusal(thrown, pipeline.name);
  }
}
