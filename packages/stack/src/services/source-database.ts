import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SealaneError } from '@sealane/errors/sealane-error';
import mysql from 'mysql2/promise';
import type { Login, SourceDatabaseAddress } from '../service-addresses.ts';
import type { ServiceContext } from '../service-definition.ts';
import type { SourceDatabaseOptions } from '../stack-options.ts';

/** Longest path of a Unix socket on Linux (sun_path, with its final zero byte). */
const LONGEST_SOCKET_PATH = 107;

/** The accounts of a source database: all privileges, and the least that capture needs. */
export function databaseLogins(context: ServiceContext): { admin: Login; capture: Login } {
  return {
    admin: { user: 'root', password: context.credentials.databaseAdmin },
    capture: { user: 'sealane', password: context.credentials.databaseCapture },
  };
}

/** Address of a source database that runs natively. */
export function databaseAddress(
  context: ServiceContext,
  server: { flavour: 'mariadb' | 'mysql'; version: string },
): SourceDatabaseAddress {
  const { host, port } = context;
  return { ...server, host, port, socketPath: socketPath(context), ...databaseLogins(context) };
}

/** The socket in the service's folder, or a short path in the temporary folder where that is too long for a socket. */
export function socketPath(context: ServiceContext): string {
  const path = join(context.folder, 'server.sock');
  if (path.length <= LONGEST_SOCKET_PATH) return path;
  return join(tmpdir(), `sealane-${createHash('sha256').update(path).digest('hex').slice(0, 16)}.sock`);
}

/** Server arguments that MariaDB and MySQL share: where it lives, and a binlog that carries whole rows. */
export function sharedServerArgs(context: ServiceContext, options: SourceDatabaseOptions): string[] {
  return [
    `--datadir=${join(context.folder, 'data')}`,
    `--bind-address=${context.host}`,
    `--port=${context.port}`,
    `--socket=${socketPath(context)}`,
    `--pid-file=${join(context.folder, 'server.pid')}`,
    '--skip-name-resolve',
    '--log-bin=binlog',
    '--binlog-format=ROW',
    '--binlog-row-image=FULL',
    `--binlog-row-metadata=${options.rowMetadata ?? 'FULL'}`,
    '--innodb-flush-log-at-trx-commit=2',
    '--sync-binlog=0',
    `--innodb-buffer-pool-size=${options.bufferPoolMegabytes ?? 512}M`,
    '--max-connections=200',
    '--max-allowed-packet=64M',
    '--default-time-zone=+00:00',
    '--character-set-server=utf8mb4',
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
  ];
}

/** Logs in over TCP as the admin, or over the socket without a password while accounts do not exist yet. */
export async function checkDatabase(context: ServiceContext): Promise<void> {
  const { admin } = databaseLogins(context);
  const overTcp = { host: context.host, port: context.port, ...admin };
  try {
    await run(overTcp, ['SELECT 1']);
  } catch (error) {
    if (!isAccessDenied(error)) throw error;
    await run({ socketPath: socketPath(context), user: 'root', password: '' }, ['SELECT 1']);
  }
}

/**
 * Creates the accounts. Repeatable: a server whose admin can log in over TCP is left as it is. The accounts are no
 * part of the binlog, so that a capture from the first position starts with the user's own events.
 */
export async function settleDatabase(context: ServiceContext, statements: readonly string[]): Promise<void> {
  const { admin } = databaseLogins(context);
  try {
    await run({ host: context.host, port: context.port, ...admin }, ['SELECT 1']);
  } catch (error) {
    if (!isAccessDenied(error)) throw error;
    const fresh = { socketPath: socketPath(context), user: 'root', password: '' };
    await run(fresh, ['SET SESSION sql_log_bin = 0', ...statements]);
  }
}

async function run(connection: mysql.ConnectionOptions, statements: readonly string[]): Promise<void> {
  const opened = await mysql.createConnection({ ...connection, connectTimeout: 5_000 });
  // A server that ends an idle connection is reported by the next statement, if there is one.
  opened.on('error', () => undefined);
  try {
    for (const statement of statements) await opened.query(statement);
  } finally {
    await opened.end();
  }
}

function isAccessDenied(error: unknown): boolean {
  const { errno } = error as { errno?: number };
  // 1045 is wrong password, 1698 a socket-only account, 1130 a host without any account.
  return errno === 1045 || errno === 1698 || errno === 1130;
}

/** Makes the service's folder; the server makes what is below it. */
export async function makeServiceFolder(context: ServiceContext): Promise<void> {
  await mkdir(context.folder, { recursive: true });
}

/** The error of a data folder that could not be created, with the tool's own text. */
export function initialiseFailed(title: string, output: string): SealaneError {
  return new SealaneError({
    code: 'STACK_INITIALISE_FAILED',
    message: `${title} could not create its data folder.`,
    why: output.trim().split('\n').slice(-8).join('\n'),
    remedy: 'Check free disk space and the rights on the data folder.',
  });
}
