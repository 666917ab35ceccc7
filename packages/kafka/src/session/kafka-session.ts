import type { ClusterConnection } from '../cluster-connection.ts';

/**
 * An open connection to a cluster for reading and administration (never for producing pipeline records). Cheap to keep:
 * sockets are opened on first use and reopened after a loss. Keep one per cluster and close it when done.
 */
export interface KafkaSession {
  readonly connection: ClusterConnection;
  close(): Promise<void>;
}

/** Connects to the first broker that answers; throws a SealaneError (`KAFKA_UNREACHABLE`, `KAFKA_AUTHENTICATION_FAILED`, `KAFKA_TLS_FAILED`). */
export declare function openKafkaSession(connection: ClusterConnection): Promise<KafkaSession>;
