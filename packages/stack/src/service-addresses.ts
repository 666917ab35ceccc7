/** A login of a database server. */
export interface Login {
  user: string;
  password: string;
}

interface HostPort {
  host: string;
  port: number;
}

export interface PostgresAddress extends HostPort, Login {
  database: string;
  /** `postgresql://…`: what `DATABASE_URL` takes. */
  url: string;
}

export interface RedisAddress extends HostPort {
  password: string;
  /** `redis://…`: what `REDIS_URL` takes. */
  url: string;
}

export interface KafkaAddress extends HostPort {
  /** `host:port`, the form of Kafka's `bootstrap.servers`. */
  brokers: string[];
}

/** A MariaDB or MySQL server that is set up for change data capture. */
export interface SourceDatabaseAddress extends HostPort {
  flavour: 'mariadb' | 'mysql';
  version: string;
  /** Unix socket; null where the server runs in a container. */
  socketPath: string | null;
  /** All privileges, over TCP. */
  admin: Login;
  /** Least privileges that a capture needs. */
  capture: Login;
}

export interface RegistryAddress extends HostPort {
  /** The Confluent-compatible API. */
  url: string;
}

export interface ConnectAddress extends HostPort {
  /** Kafka Connect's REST API, without a slash at the end. */
  url: string;
}

/** What each service says about how to reach it. */
export interface ServiceAddresses {
  postgres: PostgresAddress;
  redis: RedisAddress;
  kafka: KafkaAddress;
  mariadb: SourceDatabaseAddress;
  mysql: SourceDatabaseAddress;
  registry: RegistryAddress;
  connect: ConnectAddress;
}
