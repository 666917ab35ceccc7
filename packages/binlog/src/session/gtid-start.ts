import {
  type MariadbGtid,
  MariadbGtidPosition,
  parseMariadbGtidText,
} from '../gtid/mariadb-gtid-position.ts';
import { MysqlGtidSet } from '../gtid/mysql-gtid-set.ts';
import type { ServerInfo } from './server-info.ts';

type GtidFacts = Pick<
  ServerInfo,
  'flavor' | 'gtidExecuted' | 'gtidPurged' | 'gtidBinlogState' | 'gtidSlavePos' | 'serverUuid' | 'serverId'
>;

/** What a server makes of a GTID set that a stream is to begin behind. */
export interface GtidStart {
  /** What to ask the server for. */
  readonly gtidSet: string;
  /** Transactions of the set that the server does not have; '' when it has them all. */
  readonly missing: string;
  /** Some of those were first executed by the server itself: they cannot come by replication. */
  readonly isMissingOwn: boolean;
  /** Transactions behind the set that the server has deleted; '' when there are none, or only the server knows (MariaDB). */
  readonly purged: string;
}

/** Which sources count: MySQL's UUIDs, MariaDB's `domain-server`. */
export type SourceFilter = (source: string) => boolean;

/**
 * Compares a set with what a server has executed and purged. Transactions of sources that do not count are asked for no
 * second time where the server allows that, and are never missed.
 */
export function settleGtidStart(server: GtidFacts, gtidSet: string, counts: SourceFilter): GtidStart {
  return server.flavor === 'mariadb'
    ? settleMariadb(server, gtidSet, counts)
    : settleMysql(server, gtidSet, counts);
}

function settleMysql(server: GtidFacts, gtidSet: string, counts: SourceFilter): GtidStart {
  const set = MysqlGtidSet.parse(gtidSet);
  const executed = MysqlGtidSet.parse(server.gtidExecuted);
  const purged = MysqlGtidSet.parse(server.gtidPurged);
  const missing = set.filterSources(counts).subtract(executed);
  const uncounted = set.filterSources((uuid) => !counts(uuid));
  const start = set
    .filterSources(counts)
    .union(uncounted.subtract(uncounted.subtract(executed)))
    .union(purged.filterSources((uuid) => !counts(uuid)));
  const own = server.serverUuid?.toLowerCase();
  return {
    gtidSet: start.toString(),
    missing: missing.toString(),
    isMissingOwn: !missing.filterSources((uuid) => uuid === own).isEmpty,
    purged: purged.subtract(start).toString(),
  };
}

/** As the server's `check_slave_start_position`, but for a domain that the server does not know, which it lets pass. */
function settleMariadb(server: GtidFacts, gtidSet: string, counts: SourceFilter): GtidStart {
  const wanted = MariadbGtidPosition.parse(gtidSet).gtids();
  const logged = parseAll(server.gtidBinlogState);
  const replicated = parseAll(server.gtidSlavePos);
  const has = (gtid: MariadbGtid): boolean =>
    logged.some((known) => isSameStream(known, gtid) && known.sequence >= gtid.sequence) ||
    replicated.some((known) => isSameStream(known, gtid) && known.sequence === gtid.sequence);
  const isCounted = (gtid: MariadbGtid): boolean => counts(`${gtid.domainId}-${gtid.serverId}`);
  const missing = wanted.filter((gtid) => isCounted(gtid) && !has(gtid));
  const start = wanted.filter((gtid) => isCounted(gtid) || has(gtid));
  return {
    gtidSet: MariadbGtidPosition.of(start).toString(),
    missing: MariadbGtidPosition.of(missing).toString(),
    isMissingOwn: missing.some(({ serverId }) => serverId === server.serverId),
    purged: '',
  };
}

function isSameStream(left: MariadbGtid, right: MariadbGtid): boolean {
  return left.domainId === right.domainId && left.serverId === right.serverId;
}

function parseAll(text: string): MariadbGtid[] {
  return text.trim() === '' ? [] : text.split(',').map(parseMariadbGtidText);
}
