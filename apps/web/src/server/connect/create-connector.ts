import { pipelineInputSchema } from '@sealane/contracts/api/pipelines';
import {
  type ConnectorReading,
  readConnectorConfig,
} from '@sealane/contracts/connector/read-connector-config';
import { maskSecrets } from '@sealane/contracts/connector/secret-properties';
import type { PipelineConfig } from '@sealane/contracts/pipeline-config';
import { findConnector } from '@sealane/db/repositories/connectors';
import { SealaneError } from '@sealane/errors/sealane-error';
import { createPipeline } from '../pipelines/create-pipeline.ts';
import type { InitialState } from './connect-body.ts';
import type { ConnectCall } from './connect-call.ts';
import { connectError, fullText, invalidConfig } from './connect-error.ts';
import { resolveCluster } from './default-cluster.ts';
import { resolveSource } from './resolve-source.ts';

export interface NewConnector {
  name: string;
  /** As it was sent, `name` included. */
  config: Record<string, string>;
  initialState: InitialState;
}

/**
 * Stores source, cluster and pipeline of a connector and has it started. All of the configuration is checked first,
 * and nothing stays behind of a refused one. Throws Connect's errors.
 */
export async function createConnector(call: ConnectCall, connector: NewConnector): Promise<void> {
  const { services } = call;
  const { name, config, initialState } = connector;
  const reading = checkedReading(config);
  assertName(name);
  if ((await findConnector(services, name)) !== null) throw alreadyExists(name);
  const cluster = await resolveCluster(services, reading.cluster);
  const source = await resolveSource(services, reading.source);
  try {
    await createPipeline(
      services,
      {
        name,
        sourceId: source.id,
        clusterId: cluster.id,
        config: reading.config,
        start: initialState === 'running',
        connector: { config, initialState },
      },
      call,
    );
  } catch (thrown) {
    await source.undo();
    throw refusal(thrown, name);
  }
}

/** The configuration of a connector as it will be stored: with its name, which may stand in both places. */
export function namedConfig(name: string, config: Record<string, string>): Record<string, string> {
  const own = config.name;
  if (own !== undefined && own !== name) {
    throw connectError(
      400,
      `Connector name configuration (${own}) doesn't match connector name in the URL (${name})`,
    );
  }
  return { ...config, name };
}

/** Reads a configuration that must be right. Throws 400 with everything that is wrong with it. */
export function checkedReading(
  config: Record<string, string>,
): ConnectorReading & { config: PipelineConfig } {
  if ((config['connector.class'] ?? '').trim() === '')
    throw connectError(400, `Connector config ${javaMap(maskSecrets(config))} contains no connector type`);
  const reading = readConnectorConfig(config);
  const unknownClass = reading.errors.find(({ property }) => property === 'connector.class');
  if (unknownClass !== undefined) throw connectError(400, unknownClass.message);
  const { config: pipeline } = reading;
  if (pipeline === null) throw invalidConfig(reading.errors.map(({ message }) => message));
  return { ...reading, config: pipeline };
}

/** What Sealane's own operations refuse is wrong with the configuration, unless something is merely away. */
export function refusal(thrown: unknown, name: string): unknown {
  if (!(thrown instanceof SealaneError)) return thrown;
  if (thrown.code === 'NAME_TAKEN') return alreadyExists(name);
  const isClusterAway = thrown.fields.some(({ path }) => path === 'clusterId');
  if (thrown.code === 'CONNECT_REQUEST_REFUSED' || isClusterAway) return thrown;
  return thrown.code === 'INTERNAL_ERROR' ? thrown : invalidConfig([fullText(thrown)]);
}

function alreadyExists(name: string): SealaneError {
  return connectError(409, `Connector ${name} already exists`);
}

function assertName(name: string): void {
  if (name === '') throw invalidConfig(['Invalid value  for configuration name: String may not be empty']);
  const parsed = pipelineInputSchema.shape.name.safeParse(name);
  if (parsed.success && parsed.data === name) return;
  const reason = parsed.error?.issues[0]?.message ?? 'No spaces around it';
  throw invalidConfig([`Invalid value ${name} for configuration name: ${reason}`]);
}

/** As Java prints a map: `{name=x}`. */
function javaMap(config: Readonly<Record<string, string>>): string {
  const entries = Object.entries(config).map(([property, value]) => `${property}=${value}`);
  return `{${entries.join(', ')}}`;
}
