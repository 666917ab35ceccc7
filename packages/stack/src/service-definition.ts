import type { Credentials } from './data/credentials.ts';
import type { Requirement } from './requirements/requirement.ts';
import type { ServiceAddresses } from './service-addresses.ts';
import type { ServiceName } from './service-name.ts';
import type { ServiceOptions } from './stack-options.ts';

/** What a service works with: its own folder, ports and passwords, and the services it needs. */
export interface ServiceContext {
  /** Always the loopback address: local services are never reachable from other machines. */
  host: string;
  port: number;
  /** A second port for services that need one (Kafka's controller). */
  secondPort: number;
  /** The service's own data, kept between starts. */
  folder: string;
  /** Downloads, shared by all stacks of this machine. */
  cacheFolder: string;
  credentials: Credentials;
  options: ServiceOptions;
  /** Address of a service that this one needs; throws when it is not part of the stack. */
  peer<N extends ServiceName>(name: N): ServiceAddresses[N];
  report(message: string): void;
  signal: AbortSignal | undefined;
}

/** The process to run. */
export interface Launch {
  command: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Arguments of `setpriv` that change the identity the process runs under. */
  identity?: readonly string[];
}

/**
 * A local service. Call order: `prepare` once per start while the process is down, `launch`, then `health` until it
 * resolves, then `settle`. `describe` is pure and legal at any time.
 */
export interface ServiceDefinition<N extends ServiceName> {
  readonly name: N;
  /** With its version, for people. */
  readonly title: string;
  /** Services that must be healthy before this one starts. */
  readonly needs: readonly ServiceName[];
  /** What the machine must have for the service as the options want it. */
  requirements(options: ServiceOptions): readonly Requirement[];
  readonly stopSignal: NodeJS.Signals;
  /** Brings the software into the cache and an empty data folder into being; does nothing where both exist. */
  prepare(context: ServiceContext): Promise<void>;
  launch(context: ServiceContext): Promise<Launch>;
  /** Asks the server with a real client; rejects while it cannot serve yet. */
  health(context: ServiceContext): Promise<void>;
  /** Creates what users of the service expect: databases, accounts. Safe to repeat. */
  settle(context: ServiceContext): Promise<void>;
  describe(context: ServiceContext): ServiceAddresses[N];
}
