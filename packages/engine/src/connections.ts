import { connectMysql } from '@sealane/binlog/session/connect';
import type { ConnectionOptions, TlsOptions } from '@sealane/binlog/session/session-options';
import type { ClusterConnection, SourceConnection } from '@sealane/contracts/connection';
import type { PipelineRunSpec } from '@sealane/contracts/pipeline-run';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { ClusterConnection as KafkaConnection } from '@sealane/kafka/cluster-connection';

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|::1)$/;

/** The Kafka client's form of a cluster connection. */
export function kafkaConnection(cluster: ClusterConnection, pipeline: string): KafkaConnection {
  return {
    brokers: cluster.brokers,
    clientId: `sealane-${pipeline}`,
    tls: cluster.tls.enabled ? { ca: cluster.tls.ca } : null,
    sasl: cluster.sasl ?? null,
  };
}

/**
 * The driver's form of a source connection. `preferred` means TLS where the server offers it, except over the
 * loopback, where there is nobody to hide from; it is settled by trying.
 */
export async function sourceConnection(spec: PipelineRunSpec): Promise<ConnectionOptions> {
  const { source, config } = spec;
  const options: ConnectionOptions = {
    host: source.host,
    port: source.port,
    user: source.user,
    password: source.password,
    connectTimeoutMs: config.connectTimeoutMs,
    tls: tlsOptions(source),
  };
  if (source.tls.mode !== 'preferred' || options.tls === null) return options;
  try {
    const connection = await connectMysql(options);
    await connection.end();
    return options;
  } catch (thrown) {
    if (thrown instanceof SealaneError && thrown.code === 'SOURCE_TLS_FAILED')
      return { ...options, tls: null };
    throw thrown;
  }
}

function tlsOptions({ host, tls }: SourceConnection): TlsOptions | null {
  const ca = tls.ca === undefined ? {} : { ca: tls.ca };
  switch (tls.mode) {
    case 'disabled':
      return null;
    case 'preferred':
      return LOOPBACK.test(host) ? null : { ...ca, rejectUnauthorized: false };
    case 'required':
      return { ...ca, rejectUnauthorized: false };
    case 'verify_ca':
      return { ...ca, rejectUnauthorized: true };
    case 'verify_identity':
      return { ...ca, rejectUnauthorized: true, verifyIdentity: true };
  }
}
