import { SealaneError } from '@sealane/errors/sealane-error';
import type { ClusterConnection } from '../cluster-connection.ts';
import { type MetadataAnswer, metadataRequest } from '../wire/metadata.ts';
import type { WireRequest } from '../wire/wire-codec.ts';
import { BrokerLink } from './broker-link.ts';
import { connectionError } from './kafka-error.ts';

/**
 * Connects to the first bootstrap broker that answers. Throws a SealaneError with the real reason: `KAFKA_UNREACHABLE`,
 * `KAFKA_HOST_UNKNOWN`, `KAFKA_AUTHENTICATION_FAILED`, `KAFKA_TLS_FAILED`, `KAFKA_BROKERS_INVALID`.
 */
export async function openKafkaSession(connection: ClusterConnection): Promise<KafkaSession> {
  const session = new KafkaSession(connection);
  try {
    await session.metadata([]);
    return session;
  } catch (thrown) {
    await session.close();
    throw thrown;
  }
}

/**
 * An open connection to a cluster for reading and administration (never for producing pipeline records). Keep one per cluster:
 * sockets are opened on first use and reopened after a loss.
 */
export class KafkaSession {
  readonly connection: ClusterConnection;
  readonly #bootstrap: readonly BrokerLink[];
  readonly #links = new Map<number, BrokerLink>();

  constructor(connection: ClusterConnection) {
    this.connection = connection;
    this.#bootstrap = connection.brokers.map((broker) => {
      const { host, port } = parseBroker(broker);
      return new BrokerLink(connection, host, port);
    });
    if (this.#bootstrap.length === 0) throw brokersInvalid('No broker is given.');
  }

  /** Cluster metadata with the given topics (null: all), and the addresses of all brokers refreshed. */
  async metadata(topics: readonly string[] | null): Promise<MetadataAnswer> {
    const answer = await this.sendToAny(metadataRequest(topics));
    for (const { nodeId, host, port } of answer.brokers) await this.#learn(nodeId, host, port);
    return answer;
  }

  /** Sends to the broker with this id; refreshes the addresses once when it is not known. */
  async sendTo<T>(nodeId: number, request: WireRequest<T>): Promise<T> {
    if (!this.#links.has(nodeId)) await this.metadata([]);
    const link = this.#links.get(nodeId);
    if (link === undefined) throw brokerGone(nodeId);
    return link.send(request);
  }

  /** Sends to any broker that answers, a known one first. Throws the first broker's reason when none does. */
  async sendToAny<T>(request: WireRequest<T>): Promise<T> {
    let failure: unknown;
    for (const link of [...this.#links.values(), ...this.#bootstrap]) {
      try {
        return await link.send(request);
      } catch (thrown) {
        const error = connectionError(thrown, link.address);
        failure ??= error;
        if (!error.retriable) break;
      }
    }
    throw failure;
  }

  /** Connects to a broker of the last metadata under the address that it advertises. */
  async reach(nodeId: number): Promise<void> {
    const link = this.#links.get(nodeId);
    if (link === undefined) throw brokerGone(nodeId);
    await link.connect();
  }

  /** Ids of the brokers as of the last metadata. */
  get nodeIds(): readonly number[] {
    return [...this.#links.keys()];
  }

  async close(): Promise<void> {
    await Promise.all([...this.#links.values(), ...this.#bootstrap].map((link) => link.close()));
    this.#links.clear();
  }

  async #learn(nodeId: number, host: string, port: number): Promise<void> {
    const known = this.#links.get(nodeId);
    if (known?.address === `${host}:${port}`) return;
    this.#links.set(nodeId, new BrokerLink(this.connection, host, port));
    await known?.close();
  }
}

function parseBroker(broker: string): { host: string; port: number } {
  const match = /^(?:\[(.+)\]|([^:[\]]+)):(\d{1,5})$/.exec(broker.trim());
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host === undefined || port < 1 || port > 65_535) throw brokersInvalid(`"${broker}" is not host:port.`);
  return { host, port };
}

function brokersInvalid(why: string): SealaneError {
  return new SealaneError({
    code: 'KAFKA_BROKERS_INVALID',
    message: 'The list of Kafka brokers is not valid.',
    why,
    remedy: 'Give one or more brokers as host:port, e.g. kafka-1.example.com:9092.',
    fields: [{ path: 'brokers', message: why }],
  });
}

function brokerGone(nodeId: number): SealaneError {
  return new SealaneError({
    code: 'KAFKA_BROKER_GONE',
    message: 'A broker that leads a partition is not in the cluster any more.',
    why: `Broker ${nodeId} is missing from the cluster's metadata.`,
    remedy: 'Repeat it in a moment; a new leader is being elected.',
    retriable: true,
    details: { nodeId },
  });
}
