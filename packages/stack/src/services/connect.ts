import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SealaneError } from '@sealane/errors/sealane-error';
import { ensureCached } from '../cache/ensure-cached.ts';
import { fetchMaven } from '../cache/fetch-maven.ts';
import { java, linuxX64, maven, setpriv } from '../requirements/machine-requirements.ts';
import type { ServiceContext, ServiceDefinition } from '../service-definition.ts';
import { VERSIONS } from '../versions.ts';
import { expectHttpOk } from './expect-http-ok.ts';
import { javaLaunch, propertiesFile, QUIET_LOG } from './java-launch.ts';

const MINIMUM_JAVA = 17;
const PLUGINS = ['debezium-connector-mysql', 'debezium-connector-mariadb'] as const;

/** Kafka Connect (one distributed worker) with Debezium's MySQL and MariaDB connectors. */
export const connect: ServiceDefinition<'connect'> = {
  name: 'connect',
  title: `Kafka Connect ${VERSIONS.kafka} with Debezium ${VERSIONS.debezium}`,
  needs: ['kafka'],
  requirements: () => [linuxX64, setpriv, maven, java(MINIMUM_JAVA)],
  stopSignal: 'SIGTERM',

  async prepare(context) {
    await Promise.all([installWorker(context), installPlugins(context)]);
    await mkdir(context.folder, { recursive: true });
  },

  async launch(context) {
    await writeFile(configFile(context), propertiesFile(await workerProperties(context)));
    const main = 'org.apache.kafka.connect.cli.ConnectDistributed';
    return javaLaunch({
      minimumJava: MINIMUM_JAVA,
      heapMegabytes: context.options.connect?.heapMegabytes ?? 1024,
      properties: QUIET_LOG,
      main: ['-cp', `${await installWorker(context)}/*`, main, configFile(context)],
    });
  },

  health: (context) => expectHttpOk('Kafka Connect', `${connect.describe(context).url}/connectors`),

  async settle() {},

  describe(context) {
    const { host, port } = context;
    return { host, port, url: `http://${host}:${port}` };
  },
};

function configFile(context: ServiceContext): string {
  return join(context.folder, 'connect-distributed.properties');
}

async function workerProperties(context: ServiceContext): Promise<Record<string, string>> {
  const { host, port } = context;
  return {
    'bootstrap.servers': context.peer('kafka').brokers.join(','),
    'group.id': 'sealane-connect',
    listeners: `http://${host}:${port}`,
    'rest.advertised.host.name': host,
    'rest.advertised.port': String(port),
    'plugin.path': await installPlugins(context),
    'plugin.discovery': 'service_load',
    ...WORKER_DEFAULTS,
    ...context.options.connect?.properties,
  };
}

const WORKER_DEFAULTS = {
  'key.converter': 'org.apache.kafka.connect.json.JsonConverter',
  'key.converter.schemas.enable': 'false',
  'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
  'value.converter.schemas.enable': 'false',
  'config.storage.topic': 'connect-configs',
  'config.storage.replication.factor': '1',
  'offset.storage.topic': 'connect-offsets',
  'offset.storage.replication.factor': '1',
  'offset.storage.partitions': '1',
  'status.storage.topic': 'connect-status',
  'status.storage.replication.factor': '1',
  'status.storage.partitions': '1',
  'exactly.once.source.support': 'enabled',
  'connector.client.config.override.policy': 'All',
  'offset.flush.interval.ms': '1000',
  'scheduled.rebalance.max.delay.ms': '0',
};

function installWorker(context: ServiceContext): Promise<string> {
  const { cacheFolder, report, signal } = context;
  const artifacts = [
    { groupId: 'org.apache.kafka', artifactId: 'connect-runtime', version: VERSIONS.kafka },
    { groupId: 'org.apache.kafka', artifactId: 'connect-json', version: VERSIONS.kafka },
    { groupId: 'org.apache.kafka', artifactId: 'connect-transforms', version: VERSIONS.kafka },
    { groupId: 'org.slf4j', artifactId: 'slf4j-simple', version: VERSIONS.slf4j },
  ];
  return ensureCached({
    cacheFolder,
    key: `connect-${VERSIONS.kafka}`,
    build: (folder) => fetchMaven({ artifacts, transitive: true, folder, report, signal }),
  });
}

/** One folder per connector, since Connect gives each folder below `plugin.path` a class loader of its own. */
function installPlugins(context: ServiceContext): Promise<string> {
  const { cacheFolder, report, signal } = context;
  return ensureCached({
    cacheFolder,
    key: `debezium-${VERSIONS.debezium}`,
    async build(folder) {
      for (const artifactId of PLUGINS) {
        const plugin = join(folder, artifactId);
        await mkdir(plugin);
        const artifact = { groupId: 'io.debezium', artifactId, version: VERSIONS.debezium };
        await fetchMaven({ artifacts: [artifact], transitive: true, folder: plugin, report, signal });
      }
    },
  });
}

/** Puts a connector's configuration and returns when Connect has taken it; throws `STACK_CONNECT_REFUSED`. */
export async function putConnector(options: {
  url: string;
  name: string;
  config: Readonly<Record<string, string>>;
}): Promise<void> {
  const response = await fetch(`${options.url}/connectors/${encodeURIComponent(options.name)}/config`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(options.config),
  });
  if (response.ok) return;
  throw new SealaneError({
    code: 'STACK_CONNECT_REFUSED',
    message: `Kafka Connect refused the connector ${options.name}.`,
    why: await response.text(),
    retriable: response.status === 409,
  });
}
