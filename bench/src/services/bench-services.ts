import type { SourceDatabaseAddress } from '@sealane/stack/service-addresses';

/** The servers that one benchmark run has to itself. */
export interface BenchServices {
  mariadb: SourceDatabaseAddress;
  brokers: string[];
  /** Kafka Connect; null where the benchmark has no peer. */
  connect: { url: string; pid: number } | null;
  /** Stops the servers and removes their data. */
  down(): Promise<void>;
}
