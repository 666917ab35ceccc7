import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { ensureCached } from '../cache/ensure-cached.ts';
import { fetchMaven } from '../cache/fetch-maven.ts';
import { java, linuxX64, maven, setpriv } from '../requirements/machine-requirements.ts';
import type { ServiceContext, ServiceDefinition } from '../service-definition.ts';
import { VERSIONS } from '../versions.ts';
import { expectHttpOk } from './expect-http-ok.ts';
import { javaLaunch } from './java-launch.ts';

const MINIMUM_JAVA = 21;

/** Apicurio Registry, which speaks Confluent's Schema Registry API; schemas are kept in an H2 file. */
export const registry: ServiceDefinition<'registry'> = {
  name: 'registry',
  title: `Schema Registry (Apicurio ${VERSIONS.registry})`,
  needs: [],
  requirements: () => [linuxX64, setpriv, maven, java(MINIMUM_JAVA)],
  stopSignal: 'SIGTERM',

  async prepare(context) {
    await install(context);
    await mkdir(context.folder, { recursive: true });
  },

  async launch(context) {
    const { host, port, folder } = context;
    return javaLaunch({
      minimumJava: MINIMUM_JAVA,
      heapMegabytes: context.options.registry?.heapMegabytes ?? 512,
      properties: {
        'quarkus.http.host': host,
        'quarkus.http.port': String(port),
        'quarkus.log.level': 'WARN',
        'apicurio.storage.kind': 'sql',
        'apicurio.storage.sql.kind': 'h2',
        'apicurio.datasource.url': `jdbc:h2:file:${join(folder, 'schemas')};DB_CLOSE_ON_EXIT=FALSE`,
        'quarkus.management.port': String(context.secondPort),
        'quarkus.management.host': host,
      },
      main: ['-jar', join(await install(context), 'quarkus-run.jar')],
    });
  },

  health: (context) => expectHttpOk('The schema registry', `${registry.describe(context).url}/subjects`),

  async settle() {},

  describe(context) {
    const { host, port } = context;
    return { host, port, url: `http://${host}:${port}/apis/ccompat/v7` };
  },
};

function install(context: ServiceContext): Promise<string> {
  const { cacheFolder, report, signal } = context;
  return ensureCached({
    cacheFolder,
    key: `registry-${VERSIONS.registry}`,
    async build(folder) {
      const version = VERSIONS.registry;
      const artifactId = 'apicurio-registry-app';
      const artifact = { groupId: 'io.apicurio', artifactId, version, type: 'tar.gz', classifier: 'all' };
      await fetchMaven({ artifacts: [artifact], transitive: false, folder, report, signal });
      const file = join(folder, `${artifactId}-${version}-all.tar.gz`);
      report('unpacking');
      await execa('tar', ['-xzf', file, '-C', folder, '--no-same-owner']);
      await rm(file);
    },
  });
}
