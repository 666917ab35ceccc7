import type { SnapshotRowPacket } from '../../change/change.ts';
import type { SqlConnection } from '../sql.ts';

/** Bytes of unread rows at which the connection is paused. */
const HIGH_WATER_BYTES = 2 * 1024 * 1024;

/** A packet as mysql2 hands it to a command: the payload lies from `offset` on. */
interface DriverPacket {
  readonly buffer: Buffer;
  readonly offset: number;
  readonly end: number;
  isEOF(): boolean;
}

/** mysql2's Query command: each state is a method that takes a packet and returns the next state. */
interface DriverQuery {
  row: (this: DriverQuery, packet: DriverPacket, connection: unknown) => unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
}

interface DriverConnection {
  query(sql: string): DriverQuery;
  pause(): void;
  resume(): void;
}

/**
 * The rows of a SELECT as the packets that came off the wire, unparsed. mysql2 calls its query command's `row` for each
 * packet; an own `row` on the command takes them before they are parsed, which makes a row cost a twentieth.
 * The array is the caller's. A caller that does not come back pauses the connection. Throws the driver's error.
 */
export async function* readRawRows(
  connection: SqlConnection,
  sql: string,
): AsyncGenerator<SnapshotRowPacket[], void, undefined> {
  const driver = driverConnection(connection);
  let rows: SnapshotRowPacket[] = [];
  let bytes = 0;
  let isPaused = false;
  let isDone = false;
  let failure: { readonly thrown: unknown } | null = null;
  let wake: (() => void) | null = null;
  const signal = (): void => {
    wake?.();
    wake = null;
  };

  const query = driver.query(sql);
  const parsed = query.row;
  query.row = function takeRow(packet, state) {
    if (packet.isEOF()) return parsed.call(this, packet, state);
    rows.push({ bytes: packet.buffer, start: packet.offset, end: packet.end });
    bytes += packet.end - packet.offset;
    if (bytes >= HIGH_WATER_BYTES && !isPaused) {
      isPaused = true;
      driver.pause();
    }
    signal();
    return takeRow;
  };
  query.on('error', (thrown) => {
    failure = { thrown };
    signal();
  });
  query.on('end', () => {
    isDone = true;
    signal();
  });

  try {
    while (true) {
      if (rows.length > 0) {
        const taken = rows;
        rows = [];
        bytes = 0;
        yield taken;
        continue;
      }
      if (failure !== null) throw thrownBy(failure);
      if (isDone) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (isPaused) {
          isPaused = false;
          driver.resume();
        }
      });
    }
  } finally {
    if (isPaused) driver.resume();
  }
}

function thrownBy(failure: { readonly thrown: unknown }): unknown {
  return failure.thrown;
}

/** The callback connection under a promise connection: only it shows its commands. */
function driverConnection(connection: SqlConnection): DriverConnection {
  const inner: unknown = 'connection' in connection ? connection.connection : null;
  if (!isDriverConnection(inner))
    throw new TypeError('mysql2 no longer shows the connection under its promises');
  return inner;
}

function isDriverConnection(value: unknown): value is DriverConnection {
  return (
    typeof value === 'object' && value !== null && 'query' in value && 'pause' in value && 'resume' in value
  );
}
