import { connect as connectSocket } from 'node:net';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { ConnectionOptions as MysqlConfig } from 'mysql2';
import { type Connection, createConnection } from 'mysql2/promise';
import { toConnectionError } from './connection-errors.ts';
import type { ConnectionOptions } from './session-options.ts';

const PROBE_TIMEOUT_MS = 3000;

/** mysql2's form of our connection options; used for every connection to a source. */
export function mysqlConfig(options: ConnectionOptions): MysqlConfig {
  const { tls } = options;
  return {
    host: options.host,
    port: options.port,
    user: options.user,
    password: options.password,
    connectTimeout: options.connectTimeoutMs ?? 10_000,
    charset: 'utf8mb4_general_ci',
    enableKeepAlive: true,
    ...(tls === undefined || tls === null ? {} : { ssl: { rejectUnauthorized: true, ...tls } }),
  };
}

/** Opens a connection. Throws SOURCE_UNREACHABLE, SOURCE_NOT_MYSQL, SOURCE_ACCESS_DENIED, SOURCE_TLS_FAILED or SOURCE_BUSY. */
export async function connectMysql(options: ConnectionOptions): Promise<Connection> {
  try {
    return await createConnection(mysqlConfig(options));
  } catch (thrown) {
    const error = toConnectionError(thrown, options);
    const ambiguous = ['BINLOG_CONNECTION_LOST', 'SOURCE_UNREACHABLE', 'SOURCE_ERROR'].includes(error.code);
    if (ambiguous && (await greeting(options)) === 'foreign') throw notMysql(options, thrown);
    throw error;
  }
}

function notMysql(options: ConnectionOptions, cause: unknown): SealaneError {
  return new SealaneError({
    code: 'SOURCE_NOT_MYSQL',
    message: `What listens at ${options.host}:${options.port} is not MySQL or MariaDB.`,
    why: 'It accepts the connection but does not send a MySQL greeting.',
    remedy: 'Check host and port; MySQL listens on 3306 unless configured otherwise.',
    details: { host: options.host, port: options.port },
    cause,
  });
}

/**
 * Whether a listener greets like MySQL: protocol version 10, or an error packet, in the first packet. Asked only
 * after a failure, since a connection without a login counts against `max_connect_errors`.
 */
function greeting(options: ConnectionOptions): Promise<'mysql' | 'foreign' | 'unreachable'> {
  return new Promise((resolve) => {
    let connected = false;
    const socket = connectSocket({ host: options.host, port: options.port });
    const finish = (result: 'mysql' | 'foreign' | 'unreachable'): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(result);
    };
    const timer = setTimeout(() => finish(connected ? 'foreign' : 'unreachable'), PROBE_TIMEOUT_MS);
    socket.once('connect', () => {
      connected = true;
    });
    socket.once('data', (bytes) =>
      finish(bytes[3] === 0 && (bytes[4] === 10 || bytes[4] === 255) ? 'mysql' : 'foreign'),
    );
    socket.once('error', () => finish(connected ? 'foreign' : 'unreachable'));
    socket.once('end', () => finish('foreign'));
  });
}
