import type { SealaneError } from '@sealane/errors/sealane-error';
import type { RawEvent } from '../events/raw-event.ts';
import { type CheckedStart, checkStart } from './check-start.ts';
import { connectMysql, mysqlConfig } from './connect.ts';
import { connectionLost, type ErrorContext, toConnectionError } from './connection-errors.ts';
import { detectServer } from './detect-server.ts';
import { EventQueue } from './event-queue.ts';
import { PacketReceiver } from './packet-receiver.ts';
import type { ServerInfo } from './server-info.ts';
import type { BinlogPosition, BinlogSession, BinlogSessionOptions, SessionStats } from './session-options.ts';
import { type Dump, startDump } from './zongji-dump.ts';

const DEFAULT_HEARTBEAT_MS = 5000;
/**
 * What the socket reads while the consumer waits becomes one batch, and the objects of a large one outlive the young generation: with
 * eight times as much, a stream of small transactions spends three times as long in collections. The kernel's own buffer holds the rest.
 */
const DEFAULT_HIGH_WATER_BYTES = 1024 * 1024;

/**
 * Opens a binlog stream: connects, checks that the server can serve the start position, requests the dump and
 * waits for its first event. Throws a SealaneError that says what is wrong and whether a retry can help.
 */
export async function openBinlogSession(options: BinlogSessionOptions): Promise<BinlogSession> {
  const { connection: target } = options;
  const base: ErrorContext = { host: target.host, port: target.port, user: target.user };
  const connection = await connectMysql(target);
  try {
    const server = await detectServer(connection);
    const checked = await checkStart({
      connection,
      server,
      start: options.start,
      countsSource: options.countsSource ?? (() => true),
      context: { ...base, flavor: server.flavor },
    });
    const session = new ZongjiSession({ options, server, checked });
    await session.started();
    return session;
  } catch (thrown) {
    throw toConnectionError(thrown, base);
  } finally {
    connection.destroy();
  }
}

interface SessionParts {
  readonly options: BinlogSessionOptions;
  readonly server: ServerInfo;
  readonly checked: CheckedStart;
}

class ZongjiSession implements BinlogSession {
  readonly server: ServerInfo;
  readonly startedAt: BinlogPosition;
  readonly #context: ErrorContext;
  readonly #queue: EventQueue;
  readonly #dump: Dump;
  readonly #watch: NodeJS.Timeout;
  readonly #signal: AbortSignal | undefined;
  readonly #verify: boolean;
  readonly #started: PromiseWithResolversLike;
  #receiver: PacketReceiver;
  #lastSocketBytes = -1;
  #lastProgressMs = Date.now();
  #closing: Promise<void> | null = null;

  constructor({ options, server, checked }: SessionParts) {
    this.server = server;
    this.startedAt = checked.startedAt;
    this.#context = checked.context;
    this.#signal = options.signal;
    this.#verify = options.verifyChecksum ?? true;
    this.#started = deferred();
    const heartbeatMs = options.heartbeatMs ?? DEFAULT_HEARTBEAT_MS;
    this.#queue = new EventQueue(options.highWaterBytes ?? DEFAULT_HIGH_WATER_BYTES, {
      pause: () => this.#dump.pause(),
      resume: () => this.#dump.resume(),
      verify: () => this.#receiver.verify(),
    });
    this.#receiver = new PacketReceiver(this.#queue, { verify: this.#verify, checksums: false });
    this.#dump = startDump(
      {
        mysql: mysqlConfig(options.connection),
        serverId: options.serverId,
        start: checked.start,
        heartbeatMs,
        annotateRows: options.annotateRows ?? false,
        flavor: server.flavor,
      },
      {
        onReady: (checksums) => this.#onReady(checksums),
        onEvent: (bytes, start, end) => this.#onEvent(bytes, start, end),
        onError: (error) => this.#fail(toConnectionError(error, this.#context)),
        onEnd: () => this.#fail(connectionLost(this.#context, 'The server ended the binlog stream.')),
      },
    );
    const readTimeoutMs = options.readTimeoutMs ?? heartbeatMs * 4;
    this.#watch = setInterval(() => this.#checkAlive(readTimeoutMs), Math.max(10, readTimeoutMs / 4));
    if (this.#signal?.aborted === true) this.#onAbort();
    else this.#signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** Resolves with the first event, or when the session is aborted; rejects when the stream cannot be had. */
  started(): Promise<void> {
    return this.#started.promise;
  }

  async *events(): AsyncGenerator<readonly RawEvent[], void, void> {
    try {
      for (let batch = await this.#queue.next(); batch !== null; batch = await this.#queue.next())
        yield batch;
    } finally {
      await this.close();
    }
  }

  stats(): SessionStats {
    return {
      bytesRead: this.#receiver.bytesRead,
      eventsRead: this.#receiver.eventsRead,
      pendingBytes: this.#queue.pendingBytes,
      peakPendingBytes: this.#queue.peakPendingBytes,
      pauses: this.#queue.pauses,
      lastReadAtMs: this.#queue.lastReadAtMs,
    };
  }

  close(): Promise<void> {
    this.#queue.abort();
    return this.#stop();
  }

  #stop(): Promise<void> {
    if (this.#closing === null) {
      clearInterval(this.#watch);
      this.#signal?.removeEventListener('abort', this.#onAbort);
      this.#closing = this.#dump.stop();
    }
    return this.#closing;
  }

  readonly #onAbort = (): void => {
    this.#started.resolve();
    void this.close();
  };

  #onReady(checksums: boolean): void {
    this.#receiver = new PacketReceiver(this.#queue, { verify: this.#verify, checksums });
  }

  #onEvent(bytes: Buffer, start: number, end: number): void {
    if (this.#closing !== null) return;
    try {
      this.#receiver.receive(bytes, start, end);
      if (this.#receiver.eventsRead === 1) this.#started.resolve();
    } catch (thrown) {
      this.#fail(toConnectionError(thrown, this.#context));
    }
  }

  /** The first failure counts; what a dying connection reports afterwards is its echo. */
  #fail(error: SealaneError): void {
    if (this.#closing !== null) return;
    this.#queue.end(error);
    this.#started.reject(error);
    void this.#stop();
  }

  /** A half-open connection gives no error: only silence tells. Heartbeats keep a living one from being silent. */
  #checkAlive(readTimeoutMs: number): void {
    const socketBytes = this.#dump.bytesRead();
    if (socketBytes !== this.#lastSocketBytes || this.#queue.paused) {
      this.#lastSocketBytes = socketBytes;
      this.#lastProgressMs = Date.now();
    } else if (Date.now() - this.#lastProgressMs > readTimeoutMs) {
      this.#fail(
        connectionLost(
          this.#context,
          `The server has sent nothing for ${readTimeoutMs} ms, not even a heartbeat.`,
        ),
      );
    }
  }
}

interface PromiseWithResolversLike {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(error: SealaneError): void;
}

/** `Promise.withResolvers` is not in Node 20. */
function deferred(): PromiseWithResolversLike {
  let resolve: () => void = () => undefined;
  let reject: (error: SealaneError) => void = () => undefined;
  const promise = new Promise<void>((resolveIt, rejectIt) => {
    resolve = resolveIt;
    reject = rejectIt;
  });
  promise.catch(() => undefined);
  return { promise, resolve: () => resolve(), reject: (error) => reject(error) };
}
