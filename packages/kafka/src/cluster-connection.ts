/** TLS to the brokers. PEM texts, not file names. */
export interface TlsSettings {
  /** Certificate authorities to trust, PEM. Absent: the system's. */
  readonly ca?: string | undefined;
  /** Client certificate chain for mutual TLS, PEM. */
  readonly cert?: string | undefined;
  /** Private key of {@link cert}, PEM. */
  readonly key?: string | undefined;
  readonly keyPassphrase?: string | undefined;
  /** False accepts any server certificate. Default true. */
  readonly rejectUnauthorized?: boolean | undefined;
}

/** User and password for the brokers. */
export interface SaslSettings {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
}

/** How to reach one Kafka cluster; every client of this package is built from it. */
export interface ClusterConnection {
  /** Bootstrap brokers as `host:port`; at least one. */
  readonly brokers: readonly string[];
  /** Shown in the broker's logs and quotas. Default `sealane`. */
  readonly clientId?: string | undefined;
  /** Null or absent: plain text. */
  readonly tls?: TlsSettings | null | undefined;
  /** Null or absent: no authentication. */
  readonly sasl?: SaslSettings | null | undefined;
  /** Milliseconds for one TCP (and TLS) connection attempt. Default 5000. */
  readonly connectTimeoutMs?: number | undefined;
}
