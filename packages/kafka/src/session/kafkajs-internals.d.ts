// The parts of kafkajs 2.2.4 below its public API that this package stands on: broker connections with authentication,
// request framing and correlation. kafkajs is frozen, so its files do not move.

declare module 'kafkajs/src/broker/index.js' {
  import type ConnectionPool from 'kafkajs/src/network/connectionPool.js';
  export default class Broker {
    constructor(options: {
      connectionPool: ConnectionPool;
      logger: unknown;
      nodeId?: number | null;
      authenticationTimeout?: number;
    });
    /** After {@link connect}: the versions that the broker serves, by API key. */
    readonly versions: Readonly<Record<number, { minVersion: number; maxVersion: number }>> | null;
    isConnected(): boolean;
    /** Opens the connection, asks for the API versions and authenticates. */
    connect(): Promise<void>;
    disconnect(): Promise<void>;
  }
}

declare module 'kafkajs/src/protocol/encoder.js' {
  export default class Encoder {
    /** Appends the bytes as they are. */
    writeBufferInternal(bytes: Buffer): void;
  }
}

declare module 'kafkajs/src/network/connectionPool.js' {
  import type Encoder from 'kafkajs/src/protocol/encoder.js';
  export default class ConnectionPool {
    constructor(options: Record<string, unknown>);
    /** Sends over one of two connections: fetches have their own. Reconnects when needed. */
    send<T>(exchange: {
      request: {
        apiKey: number;
        apiVersion: number;
        apiName: string;
        encode: () => Promise<Encoder>;
      };
      response: {
        decode: (bytes: Buffer) => Promise<T & { clientSideThrottleTime: number }>;
        parse: (decoded: T) => Promise<T>;
      };
      requestTimeout?: number;
      logResponseError?: boolean;
    }): Promise<T>;
  }
}

declare module 'kafkajs/src/network/socketFactory.js' {
  export default function socketFactory(): unknown;
}

declare module 'kafkajs/src/loggers/index.js' {
  const loggers: {
    createLogger(options: { level: number; logCreator: () => () => void }): unknown;
    LEVELS: { NOTHING: number };
  };
  export default loggers;
}

// Used by tests only, as the other side of the record batch format.
declare module 'kafkajs/src/protocol/recordBatch/v0/index.js' {
  export function RecordBatch(batch: {
    firstTimestamp: number;
    maxTimestamp: number;
    lastOffsetDelta: number;
    records: readonly unknown[];
  }): Promise<{ buffer: Buffer }>;
}

declare module 'kafkajs/src/protocol/recordBatch/record/v0/index.js' {
  export default function record(fields: {
    offsetDelta: number;
    timestampDelta: number;
    key: Buffer | null;
    value: Buffer | null;
    headers: Record<string, string>;
  }): unknown;
}
