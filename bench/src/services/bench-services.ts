import type { SourceDatabaseAddress } from '@sealane/stack/service-addresses';

/** The servers that one benchmark run has to itself. */
export interface BenchServices {
  mariadb: SourceDatabaseAddress;
  brokers: string[];
  /** Kafka Connect with Debezium, and its process. */
  connect: { url: string; pid: number };
}
