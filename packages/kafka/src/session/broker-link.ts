/// <reference path="./kafkajs-internals.d.ts" />
import { SealaneError, toSealaneError } from '@sealane/errors/sealane-error';
import Broker from 'kafkajs/src/broker/index.js';
import loggers from 'kafkajs/src/loggers/index.js';
import ConnectionPool from 'kafkajs/src/network/connectionPool.js';
import socketFactory from 'kafkajs/src/network/socketFactory.js';
import Encoder from 'kafkajs/src/protocol/encoder.js';
import type { ClusterConnection } from '../cluster-connection.ts';
import { WireReader, type WireRequest } from '../wire/wire-codec.ts';
import { connectionError } from './kafka-error.ts';
import { kafkajsConfig } from './kafkajs-config.ts';

/** One broker's connections: kafkajs opens, authenticates and frames; what is sent and how answers are read is ours. */
export class BrokerLink {
  readonly address: string;
  readonly #pool: ConnectionPool;
  readonly #broker: Broker;

  constructor(connection: ClusterConnection, host: string, port: number) {
    this.address = `${host}:${port}`;
    const config = kafkajsConfig(connection);
    const logger = loggers.createLogger({ level: loggers.LEVELS.NOTHING, logCreator: () => () => undefined });
    this.#pool = new ConnectionPool({
      host,
      port,
      ssl: config.ssl,
      sasl: config.sasl,
      clientId: config.clientId,
      connectionTimeout: config.connectionTimeout,
      requestTimeout: config.requestTimeout,
      enforceRequestTimeout: true,
      reauthenticationThreshold: 10_000,
      socketFactory: socketFactory(),
      logger,
    });
    this.#broker = new Broker({
      connectionPool: this.#pool,
      logger,
      ...(config.authenticationTimeout !== undefined && {
        authenticationTimeout: config.authenticationTimeout,
      }),
    });
  }

  /** Connects and authenticates unless that is done. Throws a SealaneError with the real reason. */
  async connect(): Promise<void> {
    if (this.#broker.isConnected()) return;
    try {
      await this.#broker.connect();
    } catch (thrown) {
      await this.#broker.disconnect();
      throw connectionError(thrown, this.address);
    }
  }

  /** Sends one request and reads its answer. Throws `KAFKA_BROKER_TOO_OLD` when the broker does not serve the version. */
  async send<T>(request: WireRequest<T>): Promise<T> {
    await this.connect();
    const { apiKey, apiVersion, apiName, body } = request;
    const served = this.#broker.versions?.[apiKey];
    if (served === undefined || apiVersion > served.maxVersion || apiVersion < served.minVersion) {
      throw brokerTooOld(this.address, `${apiName} version ${apiVersion}`);
    }
    try {
      const answer = await this.#pool.send<{ value: T }>({
        request: { apiKey, apiVersion, apiName, encode: async () => encoded(body) },
        response: {
          decode: async (bytes) => ({
            value: request.decode(new WireReader(bytes)),
            clientSideThrottleTime: 0,
          }),
          parse: async (decoded) => decoded,
        },
        logResponseError: false,
      });
      return answer.value;
    } catch (thrown) {
      throw isFromKafkajs(thrown) ? connectionError(thrown, this.address) : toSealaneError(thrown);
    }
  }

  close(): Promise<void> {
    return this.#broker.disconnect();
  }
}

function encoded(body: Buffer): Encoder {
  const encoder = new Encoder();
  encoder.writeBufferInternal(body);
  return encoder;
}

/** Anything else was thrown while an answer was read, which is a defect and no matter of the connection. */
function isFromKafkajs(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name.startsWith('KafkaJS');
}

function brokerTooOld(broker: string, wanted: string): SealaneError {
  return new SealaneError({
    code: 'KAFKA_BROKER_UNSUPPORTED',
    message: 'The Kafka broker does not serve a request that Sealane needs.',
    why: `${broker} does not know ${wanted}.`,
    remedy: 'Sealane works with Kafka 2.4 and later.',
    details: { broker },
  });
}
