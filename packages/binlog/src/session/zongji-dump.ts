import type { EventEmitter } from 'node:events';
import ZongJi from '@vlasky/zongji';
import type { ConnectionOptions as MysqlConfig } from 'mysql2';
import type { ServerInfo } from './server-info.ts';
import type { StartPosition } from './session-options.ts';

/** The parts of mysql2's packet that a binlog packet needs. */
interface Packet {
  readonly buffer: Buffer;
  readonly offset: number;
  readonly end: number;
  readonly sequenceId: number;
  asError(encoding: string): Error;
}

interface DumpConnection extends EventEmitter {
  readonly stream: { readonly bytesRead: number; destroy(): void };
  readonly clientEncoding: string;
  readonly packetParser: { onPacket: (packet: Packet) => void };
  /** What the next packet must carry. */
  sequenceId: number;
  pause(): void;
  resume(): void;
  query(sql: string, callback: (error: Error | null) => void): void;
}

interface BinlogCommand extends EventEmitter {
  execute(packet: Packet | undefined, connection: DumpConnection): boolean;
}

type BinlogCommandClass = new (callback: (error: Error | null) => void) => BinlogCommand;

/** What we use of zongji beyond its public types: the command class it makes per instance, and its connection. */
interface ZongjiInternals {
  BinlogClass: BinlogCommandClass;
  connection: DumpConnection | null;
  useChecksum: boolean;
}

/** What a dump reports; each is called on the socket's turn. */
export interface DumpHandlers {
  /** The dump is about to be requested; `checksums` is what was negotiated. */
  onReady(checksums: boolean): void;
  /** One event at `bytes[start..end)`, header first. */
  onEvent(bytes: Buffer, start: number, end: number): void;
  onError(error: unknown): void;
  /** The server closed the stream in good order (only a non-blocking dump or a shutdown does). */
  onEnd(): void;
}

export interface DumpOptions {
  readonly mysql: MysqlConfig;
  readonly serverId: number;
  readonly start: StartPosition;
  readonly heartbeatMs: number;
  readonly annotateRows: boolean;
  readonly flavor: ServerInfo['flavor'];
}

/** A running binlog dump. `pause` and `resume` are legal at any time until `stop`. */
export interface Dump {
  pause(): void;
  resume(): void;
  /** Bytes the socket has received so far. */
  bytesRead(): number;
  stop(): Promise<void>;
}

const OK = 0x00;
const ERROR = 0xff;
const STOP_TIMEOUT_MS = 2000;

/**
 * Opens a binlog dump through zongji, which authenticates, negotiates checksum, GTIDs and MariaDB's capability
 * and sends the dump command. In its 'ready' event, right before it queues the command, the command class is
 * replaced by one that takes the packets itself, so none of zongji's event parsing runs.
 */
export function startDump(options: DumpOptions, handlers: DumpHandlers): Dump {
  const zongji = new ZongJi({ ...options.mysql });
  const internals = zongji as unknown as ZongjiInternals;
  zongji.on('error', (error: unknown) => handlers.onError(error));
  zongji.on('ready', () => {
    handlers.onReady(internals.useChecksum);
    internals.BinlogClass = rawCommandClass(internals.BinlogClass, handlers);
  });
  zongji.start({
    serverId: options.serverId,
    requestAnnotateRows: options.annotateRows,
    ...startOptions(options.start),
  });
  const connection = internals.connection;
  if (connection !== null) setHeartbeat(connection, options, handlers);
  return {
    pause: () => internals.connection?.pause(),
    resume: () => internals.connection?.resume(),
    bytesRead: () => internals.connection?.stream.bytesRead ?? 0,
    stop: () => stopZongji(zongji),
  };
}

function startOptions(start: StartPosition): {
  gtidSet?: string;
  filename?: string;
  position?: number;
  startAtEnd?: boolean;
} {
  if (start.kind === 'gtid') return { gtidSet: start.gtidSet };
  return start.kind === 'file' ? { filename: start.file, position: start.position } : { startAtEnd: true };
}

/** Nanoseconds. Both flavours know the old name; queued behind the handshake and in front of the dump. */
function setHeartbeat(connection: DumpConnection, options: DumpOptions, handlers: DumpHandlers): void {
  connection.query(`SET @master_heartbeat_period = ${Math.round(options.heartbeatMs * 1e6)}`, (error) => {
    if (error !== null) handlers.onError(error);
  });
}

function rawCommandClass(base: BinlogCommandClass, handlers: DumpHandlers): BinlogCommandClass {
  return class RawBinlogCommand extends base {
    #requested = false;

    override execute(packet: Packet | undefined, connection: DumpConnection): boolean {
      if (!this.#requested || packet === undefined) {
        this.#requested = true;
        takeEvents(connection, handlers);
        return super.execute(packet, connection);
      }
      if (packet.buffer[packet.offset] === ERROR) handlers.onError(packet.asError(connection.clientEncoding));
      else handlers.onEnd();
      return true;
    }
  };
}

/**
 * Takes events right from the packet parser: mysql2's own way to a command costs as much as the event. Any other packet
 * goes that way, with the sequence number that mysql2 would have counted to.
 */
function takeEvents(connection: DumpConnection, handlers: DumpHandlers): void {
  const { packetParser } = connection;
  const { onPacket } = packetParser;
  packetParser.onPacket = (packet) => {
    if (packet.buffer[packet.offset] === OK) {
      handlers.onEvent(packet.buffer, packet.offset + 1, packet.end);
      return;
    }
    connection.sequenceId = packet.sequenceId;
    onPacket(packet);
  };
}

/** zongji ends the dump's connection and kills its thread on the server, which else lingers until the next event. */
function stopZongji(zongji: ZongJi): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, STOP_TIMEOUT_MS);
    zongji.once('stopped', () => {
      clearTimeout(timer);
      resolve();
    });
    zongji.stop();
  });
}
