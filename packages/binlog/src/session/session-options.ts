import type { RawEvent } from '../events/raw-event.ts';
import type { ServerInfo } from './server-info.ts';

/** TLS to the server; PEM texts, not paths. An empty object means TLS with the system's CAs. */
export interface TlsOptions {
  ca?: string;
  cert?: string;
  key?: string;
  /** Default true. False accepts any certificate (encryption without authentication). */
  rejectUnauthorized?: boolean;
  /** Also check that the certificate names the host; default false. */
  verifyIdentity?: boolean;
}

export interface ConnectionOptions {
  host: string;
  port: number;
  user: string;
  password: string;
  /** null or absent: no TLS. */
  tls?: TlsOptions | null;
  /** Default 10,000. */
  connectTimeoutMs?: number;
}

/** A place between two events of a binlog file; it means something on one server only. */
export interface FilePlace {
  readonly file: string;
  readonly position: number;
  /** `ServerInfo.identity` of the server whose file it is; null or absent: not known. */
  readonly server?: string | null;
}

/** Where the stream begins. */
export type StartPosition =
  /**
   * Behind everything in this set: MySQL `uuid:1-5,…`, MariaDB `0-1-100,…`. '' = the oldest binlog there is.
   * `place`, where the set ended, tells a server whose binlog was replaced from one that went on.
   */
  | { readonly kind: 'gtid'; readonly gtidSet: string; readonly place?: FilePlace | null }
  /** At the event that starts at `position` (4 = start of the file). */
  | ({ readonly kind: 'file' } & FilePlace)
  /** Behind everything committed when the session opens. */
  | { readonly kind: 'current' };

/** A place in the server's binlog: both coordinates of one moment. */
export interface BinlogPosition {
  readonly file: string;
  readonly position: number;
  /** Everything before this place; null when the server keeps no GTIDs. */
  readonly gtidSet: string | null;
}

export interface BinlogSessionOptions {
  connection: ConnectionOptions;
  /** Our id as a replica, 1 to 2^32-1; must differ from every other replica's and the server's. */
  serverId: number;
  start: StartPosition;
  /** False for a source (MySQL's UUID, MariaDB's `domain-server`) whose transactions the server need not have; default: all count. */
  countsSource?: (source: string) => boolean;
  /** How often an idle server says that it lives; default 5,000. */
  heartbeatMs?: number;
  /** No byte for this long (while not paused by back-pressure) = connection lost; default 4 × heartbeatMs. */
  readTimeoutMs?: number;
  /** Bytes of undelivered events at which the socket is paused; default 1 MiB. */
  highWaterBytes?: number;
  /** Default true. */
  verifyChecksum?: boolean;
  /** MariaDB: also send ANNOTATE_ROWS (statement texts); default false. MySQL sends ROWS_QUERY when the server logs them. */
  annotateRows?: boolean;
  /** Ends the session; the iteration then finishes without an error. */
  signal?: AbortSignal;
}

export interface SessionStats {
  /** Event bytes received, headers and checksums included. */
  bytesRead: number;
  eventsRead: number;
  /** Bytes received and not yet consumed. */
  pendingBytes: number;
  /** Highest `pendingBytes` so far. */
  peakPendingBytes: number;
  /** Times the socket was paused by back-pressure. */
  pauses: number;
  /** `Date.now()` of the last bytes from the server (heartbeats included). */
  lastReadAtMs: number;
}

/** An open binlog stream. */
export interface BinlogSession {
  readonly server: ServerInfo;
  /** Where the stream began; for a GTID start `file` is '' until the first ROTATE names it. */
  readonly startedAt: BinlogPosition;
  /**
   * The events in stream order, those of one socket read together. May be iterated once. The array is reused:
   * it is valid until the next iteration step; its events stay valid as long as they are referenced, but hold
   * their packet's memory. A consumer that does not come back pauses the socket at `highWaterBytes`.
   * Throws a SealaneError when the stream breaks; ends when the session is closed or aborted.
   */
  events(): AsyncIterable<readonly RawEvent[]>;
  stats(): SessionStats;
  /** Ends the stream and both connections. Idempotent, legal at any time. */
  close(): Promise<void>;
}
