import { connect as openSocket } from 'node:net';
import type { SourceConnection } from '@sealane/contracts/connection';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { ConnectionOptions, SslOptions } from 'mysql2';
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import { notMysqlError, toSourceError } from './source-error.ts';

const CONNECT_TIMEOUT_MS = 6000;
const STATEMENT_TIMEOUT_MS = 20_000;
const GREETING_TIMEOUT_MS = 2000;

/** A short-lived connection to a source, for looking only. */
export interface SourceSession {
  readonly latencyMs: number;
  /** Whether the connection is encrypted. */
  readonly encrypted: boolean;
  /** Rows by column name, every value as text or null: 64-bit numbers stay exact. */
  rows(sql: string, values?: readonly string[]): Promise<Record<string, string | null>[]>;
}

/**
 * Connects, lets `use` work, and disconnects in any case. Throws what {@link toSourceError} makes of the failure,
 * `SOURCE_NOT_MYSQL` for a listener that is none.
 */
export async function withSource<T>(
  connection: SourceConnection,
  use: (session: SourceSession) => Promise<T>,
): Promise<T> {
  const started = performance.now();
  const { handle, encrypted } = await open(connection);
  // A connection lost between statements emits this; the next statement then fails and tells.
  handle.on('error', () => undefined);
  try {
    return await use({
      latencyMs: performance.now() - started,
      encrypted,
      rows: (sql, values = []) => readRows(handle, sql, values),
    });
  } catch (thrown) {
    throw thrown instanceof SealaneError || !isDriverError(thrown)
      ? thrown
      : toSourceError(thrown, connection);
  } finally {
    handle.destroy();
  }
}

async function readRows(handle: Connection, sql: string, values: readonly string[]) {
  const [rows] = await handle.query<RowDataPacket[]>({ sql, timeout: STATEMENT_TIMEOUT_MS }, [...values]);
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)]),
    ),
  );
}

/** `preferred` tries TLS first and goes on without it where the server has none. */
async function open(connection: SourceConnection): Promise<{ handle: Connection; encrypted: boolean }> {
  const ssl = tlsOptions(connection);
  try {
    return { handle: await createConnection(driverOptions(connection, ssl)), encrypted: ssl !== null };
  } catch (thrown) {
    const error = toSourceError(thrown, connection);
    if (connection.tls.mode === 'preferred' && error.code === 'SOURCE_TLS_FAILED') {
      return open({ ...connection, tls: { mode: 'disabled' } });
    }
    if (
      ['SOURCE_UNREACHABLE', 'SOURCE_ERROR'].includes(error.code) &&
      (await greetsDifferently(connection))
    ) {
      throw notMysqlError(connection, thrown);
    }
    throw error;
  }
}

function driverOptions(connection: SourceConnection, ssl: SslOptions | null): ConnectionOptions {
  return {
    host: connection.host,
    port: connection.port,
    user: connection.user,
    password: connection.password,
    connectTimeout: CONNECT_TIMEOUT_MS,
    charset: 'utf8mb4_general_ci',
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    ...(ssl === null ? {} : { ssl }),
  };
}

function tlsOptions({ tls }: SourceConnection): SslOptions | null {
  const ca = tls.ca === undefined ? {} : { ca: tls.ca };
  switch (tls.mode) {
    case 'disabled':
      return null;
    case 'preferred':
    case 'required':
      return { ...ca, rejectUnauthorized: false };
    case 'verify_ca':
      return { ...ca, rejectUnauthorized: true, verifyIdentity: false };
    case 'verify_identity':
      return { ...ca, rejectUnauthorized: true, verifyIdentity: true };
  }
}

/** mysql2's errors carry `code`; defects of ours do not. */
function isDriverError(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown;
}

/**
 * Whether something listens but greets unlike MySQL: protocol version 10 or an error packet is what MySQL sends
 * first. Asked only after a failure, since a connection without a login counts against `max_connect_errors`.
 */
function greetsDifferently({ host, port }: SourceConnection): Promise<boolean> {
  return new Promise((resolve) => {
    let connected = false;
    const socket = openSocket({ host, port });
    const finish = (different: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(different);
    };
    const timer = setTimeout(() => finish(connected), GREETING_TIMEOUT_MS);
    socket.once('connect', () => {
      connected = true;
    });
    socket.once('data', (bytes) => finish(!(bytes[3] === 0 && (bytes[4] === 10 || bytes[4] === 255))));
    socket.once('error', () => finish(connected));
    socket.once('end', () => finish(true));
  });
}
