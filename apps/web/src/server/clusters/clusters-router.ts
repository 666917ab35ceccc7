import type { Cluster, ClusterConnectionChange, ClusterTest } from '@sealane/contracts/api/clusters';
import type { ClusterConnection } from '@sealane/contracts/connection';
import {
  type ClusterRow,
  deleteCluster,
  findCluster,
  insertCluster,
  listClusters,
  readClusterConnection,
  updateCluster,
} from '@sealane/db/repositories/clusters';
import { SealaneError } from '@sealane/errors/sealane-error';
import { testCluster as probeCluster } from '@sealane/kafka/admin/test-cluster';
import type { ClusterDescription } from '@sealane/kafka/admin/topic-types';
import { operations } from '../context.ts';
import { errorReport } from '../http/error-report.ts';
import { notFound } from '../http/not-found.ts';
import type { Services } from '../services.ts';
import { toKafkaConnection } from '../topics/session-pool.ts';

const os = operations.clusters;

export const clustersRouter = {
  list: os.list.handler(async ({ input, context }) => {
    const { items, total } = await listClusters(context.services.database, input);
    return { items: items.map(serializeCluster), total, page: input.page, pageSize: input.pageSize };
  }),
  get: os.get.handler(async ({ input, context }) => {
    const row = await findCluster(context.services.database, input.id);
    if (row === null) throw notFound('cluster', input.id);
    return serializeCluster(row);
  }),
  create: os.create.handler(async ({ input, context }) => {
    await reach(input.connection);
    return serializeCluster(await insertCluster(context.services, input));
  }),
  update: os.update.handler(async ({ input, context }) => {
    const { services } = context;
    const row = await findCluster(services.database, input.id);
    if (row === null) throw notFound('cluster', input.id);
    const connection = mergeConnection(await connectionOf(services, input.id), input.connection);
    if (input.connection !== undefined) await reach(connection);
    const updated = await updateCluster(services, input.id, { name: input.name ?? row.name, connection });
    if (updated === null) throw notFound('cluster', input.id);
    await services.kafka.drop(input.id);
    return serializeCluster(updated);
  }),
  remove: os.remove.handler(async ({ input, context }) => {
    if (!(await deleteCluster(context.services.database, input.id))) throw notFound('cluster', input.id);
    await context.services.kafka.drop(input.id);
  }),
  testConnection: os.testConnection.handler(({ input }) => testCluster(input)),
  test: os.test.handler(async ({ input, context }) =>
    testCluster(mergeConnection(await connectionOf(context.services, input.id), input.connection)),
  ),
};

/** Connects and asks for the brokers. A failure is an answer, not an exception: `error` then says why. */
async function testCluster(connection: ClusterConnection): Promise<ClusterTest> {
  const started = performance.now();
  try {
    const { clusterId, brokers } = await reach(connection);
    return {
      ok: true,
      clusterId,
      brokers: brokers.map(({ nodeId, host, port }) => ({ nodeId, address: `${host}:${port}` })),
      latencyMs: Math.round(performance.now() - started),
      error: null,
    };
  } catch (thrown) {
    if (!(thrown instanceof SealaneError)) throw thrown;
    return { ok: false, clusterId: null, brokers: [], latencyMs: null, error: errorReport(thrown) };
  }
}

/** The field of a connection to look at first, by what went wrong with it. */
const fieldOf: Record<string, string> = {
  KAFKA_UNREACHABLE: 'brokers',
  KAFKA_HOST_UNKNOWN: 'brokers',
  KAFKA_BROKERS_INVALID: 'brokers',
  KAFKA_TLS_FAILED: 'tls',
  KAFKA_AUTHENTICATION_FAILED: 'sasl',
};

/** Asks the brokers who they are. Throws with the field to look at. */
async function reach(connection: ClusterConnection): Promise<ClusterDescription> {
  try {
    return await probeCluster(toKafkaConnection(connection));
  } catch (thrown) {
    const field = thrown instanceof SealaneError ? fieldOf[thrown.code] : undefined;
    if (!(thrown instanceof SealaneError) || field === undefined) throw thrown;
    throw thrown.at([{ path: `connection.${field}`, message: thrown.message }]);
  }
}

async function connectionOf(services: Services, clusterId: string): Promise<ClusterConnection> {
  const stored = await readClusterConnection(services, clusterId);
  if (stored === null) throw notFound('cluster', clusterId);
  return stored.connection;
}

/** An absent password keeps the stored one, but never towards other brokers, which would be handed the secret. */
function mergeConnection(
  stored: ClusterConnection,
  change: ClusterConnectionChange | undefined,
): ClusterConnection {
  if (change === undefined) return stored;
  const sameBrokers = change.brokers.join() === stored.brokers.join();
  const ca = change.tls.ca === undefined && sameBrokers ? stored.tls.ca : (change.tls.ca ?? undefined);
  const kept = sameBrokers ? (stored.sasl?.password ?? '') : '';
  const sasl = change.sasl === undefined && sameBrokers ? stored.sasl : (change.sasl ?? undefined);
  return {
    brokers: change.brokers,
    tls: { enabled: change.tls.enabled, ...(ca === undefined ? {} : { ca }) },
    ...(sasl === undefined ? {} : { sasl: { ...sasl, password: sasl.password ?? kept } }),
  };
}

function serializeCluster(row: ClusterRow): Cluster {
  return {
    id: row.id,
    name: row.name,
    brokers: row.brokers,
    tls: { enabled: row.tlsEnabled, hasCa: row.hasCa },
    sasl: row.sasl,
    pipelineCount: row.pipelineCount,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
