import type { KafkaConfig, SASLOptions } from 'kafkajs';
import { logLevel } from 'kafkajs';
import type { ClusterConnection, SaslSettings, TlsSettings } from '../cluster-connection.ts';

/** kafkajs' configuration of a cluster. It logs nothing itself: every failure it logs it also throws. */
export function kafkajsConfig(connection: ClusterConnection): KafkaConfig {
  return {
    clientId: connection.clientId ?? 'sealane',
    brokers: [...connection.brokers],
    connectionTimeout: connection.connectTimeoutMs ?? 5_000,
    authenticationTimeout: 10_000,
    requestTimeout: 30_000,
    retry: { retries: 2, initialRetryTime: 100, maxRetryTime: 1_000 },
    logLevel: logLevel.NOTHING,
    ...(connection.tls && { ssl: tlsOptions(connection.tls) }),
    ...(connection.sasl && { sasl: saslOptions(connection.sasl) }),
  };
}

function tlsOptions(tls: TlsSettings): NonNullable<KafkaConfig['ssl']> {
  return {
    rejectUnauthorized: tls.rejectUnauthorized ?? true,
    ...(tls.ca !== undefined && { ca: [tls.ca] }),
    ...(tls.cert !== undefined && { cert: tls.cert }),
    ...(tls.key !== undefined && { key: tls.key }),
    ...(tls.keyPassphrase !== undefined && { passphrase: tls.keyPassphrase }),
  };
}

function saslOptions(sasl: SaslSettings): SASLOptions {
  const { username, password } = sasl;
  switch (sasl.mechanism) {
    case 'plain':
      return { mechanism: 'plain', username, password };
    case 'scram-sha-256':
      return { mechanism: 'scram-sha-256', username, password };
    case 'scram-sha-512':
      return { mechanism: 'scram-sha-512', username, password };
  }
}
