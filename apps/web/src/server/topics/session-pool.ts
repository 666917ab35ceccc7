import type { ClusterConnection as StoredConnection } from '@sealane/contracts/connection';
import type { Database } from '@sealane/db/database';
import { readClusterConnection } from '@sealane/db/repositories/clusters';
import type { SecretBox } from '@sealane/db/secrets/secret-box';
import type { ClusterConnection } from '@sealane/kafka/cluster-connection';
import { type KafkaSession, openKafkaSession } from '@sealane/kafka/session/kafka-session';
import { notFound } from '../http/not-found.ts';
import type { Log } from '../log.ts';

/** One open Kafka session per stored cluster, shared by all requests. */
export interface SessionPool {
  /** Throws `NOT_FOUND` or the reason why Kafka cannot be reached; the next call tries again. */
  get(clusterId: string): Promise<KafkaSession>;
  /** Closes the session of a changed or deleted cluster. */
  drop(clusterId: string): Promise<void>;
}

interface Entry {
  updatedAt: number;
  session: Promise<KafkaSession>;
}

export interface SessionPoolOptions {
  database: Database;
  secrets: SecretBox;
  log: Log;
}

export function createSessionPool({ database, secrets, log }: SessionPoolOptions): SessionPool {
  const entries = new Map<string, Entry>();
  const close = async (entry: Entry) => {
    try {
      await (await entry.session).close();
    } catch (err) {
      log.debug({ err }, 'closing a kafka session');
    }
  };
  const drop = async (clusterId: string) => {
    const entry = entries.get(clusterId);
    entries.delete(clusterId);
    if (entry !== undefined) await close(entry);
  };
  return {
    drop,
    async get(clusterId) {
      const stored = await readClusterConnection({ database, secrets }, clusterId);
      if (stored === null) {
        await drop(clusterId);
        throw notFound('cluster', clusterId);
      }
      const updatedAt = stored.updatedAt.getTime();
      const present = entries.get(clusterId);
      if (present?.updatedAt === updatedAt) return present.session;
      if (present !== undefined) await drop(clusterId);
      const entry = { updatedAt, session: openKafkaSession(toKafkaConnection(stored.connection)) };
      entries.set(clusterId, entry);
      entry.session.catch(() => {
        if (entries.get(clusterId) === entry) entries.delete(clusterId);
      });
      return entry.session;
    },
  };
}

/** The stored form of a connection as packages/kafka takes it. */
export function toKafkaConnection(connection: StoredConnection): ClusterConnection {
  return {
    brokers: connection.brokers,
    clientId: 'sealane-web',
    tls: connection.tls.enabled
      ? { ...(connection.tls.ca === undefined ? {} : { ca: connection.tls.ca }) }
      : null,
    sasl: connection.sasl ?? null,
    connectTimeoutMs: 8000,
  };
}
