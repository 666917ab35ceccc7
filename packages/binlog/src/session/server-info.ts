export type ServerFlavor = 'mysql' | 'mariadb';

/** What `detectServer` measured. A null setting is one the server does not have. */
export interface ServerInfo {
  readonly flavor: ServerFlavor;
  /** `SELECT VERSION()`, e.g. `11.4.5-MariaDB-log`. */
  readonly version: string;
  readonly versionNumber: { readonly major: number; readonly minor: number; readonly patch: number };
  readonly logBin: boolean;
  /** `ROW`, `STATEMENT` or `MIXED`. */
  readonly binlogFormat: string;
  /** `FULL`, `MINIMAL`, `NOBLOB` (MariaDB also `FULL_NODUP`). */
  readonly binlogRowImage: string;
  /** `FULL`, `MINIMAL` (MariaDB also `NO_LOG`); null before MySQL 8.0.1 and MariaDB 10.5. */
  readonly binlogRowMetadata: string | null;
  /** `CRC32` or `NONE`. */
  readonly binlogChecksum: string;
  /** True when GTIDs identify every transaction: MySQL `gtid_mode=ON`, MariaDB always. */
  readonly gtidEnabled: boolean;
  /** MySQL `gtid_mode`; null on MariaDB. */
  readonly gtidMode: string | null;
  /** MariaDB `gtid_strict_mode`; null on MySQL. */
  readonly gtidStrictMode: boolean | null;
  /** MySQL `gtid_executed`, MariaDB `gtid_binlog_pos`; '' when nothing was executed. */
  readonly gtidExecuted: string;
  /** MySQL `gtid_purged`; '' on MariaDB. */
  readonly gtidPurged: string;
  /** MariaDB `gtid_binlog_state`: the last GTID of each pair of domain and server; '' on MySQL. */
  readonly gtidBinlogState: string;
  /** MariaDB `gtid_slave_pos`: the last GTIDs that were replicated; '' on MySQL. */
  readonly gtidSlavePos: string;
  readonly serverId: number;
  /** MySQL `server_uuid`; null on MariaDB before 11.x, which has none. */
  readonly serverUuid: string | null;
  /** Whose binlog files these are: MySQL `server_uuid`, MariaDB `server_id`, which has to differ between replicas. */
  readonly identity: string;
  /** MariaDB `log_bin_compress` or MySQL `binlog_transaction_compression`. */
  readonly binlogCompressed: boolean;
  /** Server clock minus ours in microseconds, measured over the shortest of several round trips. */
  readonly clockOffsetUs: number;
  /** Half the round trip of that measurement: the error bound of `clockOffsetUs`. */
  readonly clockErrorUs: number;
}
