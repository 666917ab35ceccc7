import { mkdir, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { SealaneError } from '@sealane/errors/sealane-error';
import { ensureCached } from '../cache/ensure-cached.ts';
import { fetchMaven } from '../cache/fetch-maven.ts';
import { unpackZip } from '../cache/unpack-zip.ts';
import { linuxX64, maven, setpriv } from '../requirements/machine-requirements.ts';
import type { ServiceContext, ServiceDefinition } from '../service-definition.ts';
import { VERSIONS } from '../versions.ts';

const BINARY = 'redis-server-6.2.6-v5-linux-amd64';
const HEALTH_TIMEOUT_MS = 5_000;

/** Redis: job queues and live samples. It never evicts, since BullMQ's jobs live in it. */
export const redis: ServiceDefinition<'redis'> = {
  name: 'redis',
  title: `Redis ${VERSIONS.redis}`,
  needs: [],
  requirements: () => [linuxX64, setpriv, maven],
  stopSignal: 'SIGTERM',

  async prepare(context) {
    await install(context);
    await mkdir(dataFolder(context), { recursive: true });
  },

  async launch(context) {
    const { host, port } = context;
    return {
      command: join(await install(context), 'redis-server'),
      args: [
        ...['--bind', host, '--port', String(port), '--requirepass', context.credentials.redis],
        ...['--dir', dataFolder(context), '--save', '', '--appendonly', 'yes', '--appendfsync', 'everysec'],
        ...['--maxmemory-policy', 'noeviction', '--loglevel', 'notice'],
        ...(context.options.redis?.extraArgs ?? []),
      ],
    };
  },

  health: ping,

  async settle() {},

  describe(context) {
    const { host, port } = context;
    const password = context.credentials.redis;
    return { host, port, password, url: `redis://:${password}@${host}:${port}/0` };
  },
};

function dataFolder(context: ServiceContext): string {
  return join(context.folder, 'data');
}

function install(context: ServiceContext): Promise<string> {
  const { cacheFolder, report, signal } = context;
  return ensureCached({
    cacheFolder,
    key: `redis-${VERSIONS.redisPackage}`,
    async build(folder) {
      const version = VERSIONS.redisPackage;
      const artifact = { groupId: 'com.github.codemonstur', artifactId: 'embedded-redis', version };
      await fetchMaven({ artifacts: [artifact], transitive: false, folder, report, signal });
      const file = join(folder, `embedded-redis-${version}.jar`);
      await unpackZip({
        file,
        accept: (name) => (name === BINARY ? 'redis-server' : null),
        folder,
        mode: () => 0o755,
      });
      await rm(file);
    },
  });
}

/** AUTH and PING in Redis' inline form; `+PONG` is the only good answer while data loads or not. */
function ping(context: ServiceContext): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: context.host, port: context.port, timeout: HEALTH_TIMEOUT_MS });
    const fail = (why: string) => {
      socket.destroy();
      reject(
        new SealaneError({ code: 'STACK_REDIS_UNHEALTHY', message: 'Redis does not answer PING.', why }),
      );
    };
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('connect', () => socket.write(`AUTH ${context.credentials.redis}\r\nPING\r\n`));
    socket.on('timeout', () => fail('It accepted the connection and stayed silent.'));
    socket.on('error', (error) => fail(error.message));
    socket.on('close', () => fail('It closed the connection.'));
    socket.on('data', (chunk: string) => {
      answer += chunk;
      if (answer.includes('-')) fail(answer.trim());
      if (!answer.includes('+PONG')) return;
      socket.destroy();
      resolve();
    });
  });
}
