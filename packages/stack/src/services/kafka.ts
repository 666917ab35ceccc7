import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { Kafka, logLevel } from 'kafkajs';
import { ensureCached, exists } from '../cache/ensure-cached.ts';
import { fetchMaven } from '../cache/fetch-maven.ts';
import { java, linuxX64, maven, setpriv } from '../requirements/machine-requirements.ts';
import type { ServiceContext, ServiceDefinition } from '../service-definition.ts';
import { VERSIONS } from '../versions.ts';
import { javaLaunch, propertiesFile, QUIET_LOG } from './java-launch.ts';

const MINIMUM_JAVA = 17;
/** Any 16 bytes in base64url: one broker is one cluster. */
const CLUSTER_ID = 'c2VhbGFuZS1sb2NhbC0x';

/** Kafka as one combined broker and controller in KRaft mode. */
export const kafka: ServiceDefinition<'kafka'> = {
  name: 'kafka',
  title: `Kafka ${VERSIONS.kafka}`,
  needs: [],
  requirements: () => [linuxX64, setpriv, maven, java(MINIMUM_JAVA)],
  stopSignal: 'SIGTERM',

  async prepare(context) {
    const software = await install(context);
    await mkdir(context.folder, { recursive: true });
    await writeFile(configFile(context), propertiesFile(brokerProperties(context)));
    if (await exists(join(context.folder, 'data', 'meta.properties'))) return;
    context.report('formatting the log folder');
    const main = [
      '-cp',
      `${software}/*`,
      'kafka.tools.StorageTool',
      'format',
      '-t',
      CLUSTER_ID,
      '-c',
      configFile(context),
    ];
    const tool = await javaLaunch({
      minimumJava: MINIMUM_JAVA,
      heapMegabytes: 256,
      properties: QUIET_LOG,
      main,
    });
    await execa(tool.command, ['-XX:TieredStopAtLevel=1', ...tool.args]);
  },

  async launch(context) {
    return javaLaunch({
      minimumJava: MINIMUM_JAVA,
      heapMegabytes: context.options.kafka?.heapMegabytes ?? 768,
      properties: QUIET_LOG,
      main: ['-cp', `${await install(context)}/*`, 'kafka.Kafka', configFile(context)],
    });
  },

  async health(context) {
    const brokers = [`${context.host}:${context.port}`];
    const retry = { retries: 0 };
    const client = new Kafka({ brokers, logLevel: logLevel.NOTHING, retry, connectionTimeout: 1_000 });
    const admin = client.admin({ retry });
    try {
      await admin.connect();
      await admin.describeCluster();
    } finally {
      await admin.disconnect();
    }
  },

  async settle() {},

  describe(context) {
    const { host, port } = context;
    return { host, port, brokers: [`${host}:${port}`] };
  },
};

function configFile(context: ServiceContext): string {
  return join(context.folder, 'server.properties');
}

function brokerProperties(context: ServiceContext): Record<string, string> {
  const { host, port, secondPort } = context;
  return {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@${host}:${secondPort}`,
    listeners: `PLAINTEXT://${host}:${port},CONTROLLER://${host}:${secondPort}`,
    'advertised.listeners': `PLAINTEXT://${host}:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': join(context.folder, 'data'),
    ...SINGLE_BROKER,
    ...context.options.kafka?.properties,
  };
}

/**
 * One broker holds every replica; groups form at once. A broker that was killed cannot come back before its controller,
 * which was killed with it, sees its old session expire: hence the short session.
 */
const SINGLE_BROKER = {
  'offsets.topic.replication.factor': '1',
  'offsets.topic.num.partitions': '8',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'transaction.state.log.num.partitions': '8',
  'share.coordinator.state.topic.replication.factor': '1',
  'share.coordinator.state.topic.min.isr': '1',
  'group.initial.rebalance.delay.ms': '0',
  'broker.session.timeout.ms': '3000',
  'broker.heartbeat.interval.ms': '500',
  'message.max.bytes': '10485760',
  'log.retention.check.interval.ms': '300000',
  'num.network.threads': '3',
  'num.io.threads': '4',
};

function install(context: ServiceContext): Promise<string> {
  const { cacheFolder, report, signal } = context;
  const artifacts = [
    { groupId: 'org.apache.kafka', artifactId: 'kafka_2.13', version: VERSIONS.kafka },
    { groupId: 'org.slf4j', artifactId: 'slf4j-simple', version: VERSIONS.slf4j },
  ];
  return ensureCached({
    cacheFolder,
    key: `kafka-${VERSIONS.kafka}`,
    build: (folder) => fetchMaven({ artifacts, transitive: true, folder, report, signal }),
  });
}
