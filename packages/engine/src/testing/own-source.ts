import type { ServerFlavor } from '@sealane/binlog/session/server-info';
import type { ServiceHandle } from '@sealane/stack/service-handle';
import type { MariadbOptions, ServiceOptions } from '@sealane/stack/stack-options';
import { exclusiveStack } from '@sealane/stack/testing/exclusive-stack';
import { sharedStack } from '@sealane/stack/testing/shared-stack';
import type { TestServers } from './pipeline-harness.ts';

/** A source server of a test's own, beside the run's broker. Topics, and so databases, need names that no other test has. */
export interface OwnSource {
  readonly servers: TestServers;
  readonly server: ServiceHandle<ServerFlavor>;
  /** Must be called in a hook that always runs. */
  stop(): Promise<void>;
}

/** Starts a source server with options; `release` is one of MariaDB's. */
export async function ownSource(flavor: ServerFlavor, options: MariadbOptions = {}): Promise<OwnSource> {
  const { kafka } = await sharedStack(['kafka']);
  const services: ServiceOptions = { [flavor]: { bufferPoolMegabytes: 128, ...options } };
  const stack = await exclusiveStack<ServerFlavor>([flavor], services);
  const server: ServiceHandle<ServerFlavor> = stack.services[flavor];
  return { servers: { source: server.address, kafka }, server, stop: () => stack.stop() };
}
