import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { execa } from 'execa';
import { exists } from '../cache/ensure-cached.ts';
import type { ServiceContext } from '../service-definition.ts';
import type { MariadbSoftware } from './mariadb-software.ts';
import { initialiseFailed, makeServiceFolder } from './source-database.ts';

/** What mariadb-install-db feeds to the server, in its order; the names begin with `mysql_` before MariaDB 11. */
const SCRIPTS = [
  /_system_tables\.sql$/,
  /_performance_tables\.sql$/,
  /_system_tables_data\.sql$/,
  /^fill_help_tables\.sql$/,
  /^maria_add_gis_sp_bootstrap\.sql$/,
  /_sys_schema\.sql$/,
];

/**
 * Makes the data folder where there is none, as mariadb-install-db does. That script is no use here: it cannot start a server that needs
 * a loader of its own.
 */
export async function createMariadbData(
  context: ServiceContext,
  { software, title }: { software: MariadbSoftware; title: string },
): Promise<void> {
  await makeServiceFolder(context);
  if (await exists(join(context.folder, 'data'))) return;
  context.report('creating the data folder');
  const fresh = join(context.folder, 'data.new');
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh);
  const { command, args } = software.server;
  const options = ['--bootstrap', `--datadir=${fresh}`, '--log-warnings=0', '--enforce-storage-engine='];
  if (process.getuid?.() === 0) options.push('--user=root');
  const input = Readable.from(systemTables(software.share));
  const result = await execa(command, [...args, ...options], { reject: false, all: true, input });
  if (result.failed) throw initialiseFailed(title, result.all);
  await rename(fresh, join(context.folder, 'data'));
}

async function* systemTables(share: string): AsyncGenerator<string | Buffer> {
  yield 'CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;\n';
  const names = await readdir(share);
  for (const script of SCRIPTS) {
    const name = names.find((candidate) => script.test(candidate)) ?? String(script);
    yield* createReadStream(join(share, name));
  }
}
