import { clusterConnectionSchema } from '@sealane/contracts/connection';
import { type ClusterRow, insertCluster, listClusters } from '@sealane/db/repositories/clusters';
import { SealaneError } from '@sealane/errors/sealane-error';
import { testCluster } from '@sealane/kafka/admin/test-cluster';
import type { Services } from '../services.ts';
import { toKafkaConnection } from '../topics/session-pool.ts';
import { connectError, invalidConfig } from './connect-error.ts';

const NAME = 'connect';
const MOST_CLUSTERS = 1000;

/**
 * The cluster that connectors write to which name none: the one with `CONNECT_BOOTSTRAP_SERVERS`, else the one that
 * was stored first. Null when there is none yet.
 */
export async function findDefaultCluster(services: Services): Promise<ClusterRow | null> {
  const clusters = await allClusters(services);
  const wanted = configuredBrokers(services);
  if (wanted === null) return clusters[0] ?? null;
  const key = [...wanted].sort().join();
  return clusters.find(({ brokers }) => [...brokers].sort().join() === key) ?? null;
}

/** The cluster of a new connector, by name or the default, which is stored when the environment names it. */
export async function resolveCluster(services: Services, name: string | null): Promise<ClusterRow> {
  if (name !== null) {
    const named = (await allClusters(services)).find((cluster) => cluster.name === name);
    if (named !== undefined) return named;
    throw invalidConfig([`The 'sealane.cluster' value is invalid: there is no Kafka cluster named ${name}`]);
  }
  const present = await findDefaultCluster(services);
  if (present !== null) return present;
  const brokers = configuredBrokers(services);
  if (brokers !== null) return storeConfigured(services, brokers);
  throw connectError(
    500,
    'There is no Kafka cluster to write to. Add one in the console, or set CONNECT_BOOTSTRAP_SERVERS.',
  );
}

/** Kafka's own id of the default cluster; null while it cannot be told. */
export async function defaultClusterId(services: Services): Promise<string | null> {
  const cluster = await findDefaultCluster(services);
  if (cluster === null) return null;
  try {
    const session = await services.kafka.get(cluster.id);
    return (await session.metadata([])).clusterId;
  } catch (thrown) {
    if (thrown instanceof SealaneError) return null;
    throw thrown;
  }
}

async function storeConfigured(services: Services, brokers: string[]): Promise<ClusterRow> {
  const connection = clusterConnectionSchema.parse({ brokers });
  await testCluster(toKafkaConnection(connection));
  return insertCluster(services, { name: NAME, connection });
}

function configuredBrokers({ env }: Services): string[] | null {
  return env.CONNECT_BOOTSTRAP_SERVERS?.split(',').map((broker) => broker.trim()) ?? null;
}

async function allClusters({ database }: Services): Promise<ClusterRow[]> {
  const request = { page: 1, pageSize: MOST_CLUSTERS, sort: 'createdAt', order: 'asc' } as const;
  return (await listClusters(database, request)).items;
}
