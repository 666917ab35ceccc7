import type { ServiceName } from './service-name.ts';

/** How a MariaDB or MySQL server is started. */
export interface SourceDatabaseOptions {
  /** `binlog_row_metadata`; FULL unless told otherwise. */
  rowMetadata?: 'FULL' | 'MINIMAL';
  /** `innodb_buffer_pool_size` in MiB; 512 unless told otherwise. */
  bufferPoolMegabytes?: number;
  /** `server_id`; by default 1 (MariaDB) or 2 (MySQL). */
  serverId?: number;
  /** The server encrypts its binlog, with keys in a file. */
  encryptedBinlog?: boolean;
  /** Server arguments that come last and so win, e.g. `--binlog-format=STATEMENT` or `--skip-log-bin`. */
  extraArgs?: readonly string[];
}

/** The releases of MariaDB besides the usual one, of which Debian has packages. */
export const MARIADB_RELEASES = ['10.11', '11.8'] as const;

/** One of the other releases of MariaDB. */
export type MariadbRelease = (typeof MARIADB_RELEASES)[number];

/** How a MariaDB server is started. */
export interface MariadbOptions extends SourceDatabaseOptions {
  /** By default the release of `VERSIONS`, whose package cannot encrypt the binlog. A data folder keeps to its release. */
  release?: MariadbRelease;
}

/** How the Kafka broker is started. */
export interface KafkaOptions {
  /** Heap in MiB; 768 unless told otherwise. */
  heapMegabytes?: number;
  /** Broker properties that win over ours, e.g. `{'auto.create.topics.enable': 'false'}`. */
  properties?: Readonly<Record<string, string>>;
}

/** How the Kafka Connect worker is started. */
export interface ConnectOptions {
  /** Heap in MiB; 1024 unless told otherwise. */
  heapMegabytes?: number;
  /** Worker properties that win over ours. */
  properties?: Readonly<Record<string, string>>;
}

/** Options by service; a restart may change those of its own service. */
export interface ServiceOptions {
  postgres?: { extraArgs?: readonly string[] };
  redis?: { extraArgs?: readonly string[] };
  kafka?: KafkaOptions;
  mariadb?: MariadbOptions;
  mysql?: SourceDatabaseOptions;
  registry?: { heapMegabytes?: number };
  connect?: ConnectOptions;
}

/** What a stack is doing; one line of progress. */
export interface ProgressEvent {
  service: ServiceName;
  phase: 'prepare' | 'start' | 'healthy' | 'stop' | 'unavailable';
  message: string;
}
