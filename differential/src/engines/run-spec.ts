import { readConnectorConfig } from '@sealane/contracts/connector/read-connector-config';
import type { PipelineRunSpec } from '@sealane/contracts/pipeline-run';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { SourceDatabaseAddress } from '@sealane/stack/service-addresses';
import type { ConnectorConfig } from './engine.ts';

/** We have no converter classes; what the JsonConverter writes is a setting of ours. */
const CONVERTER = /^(key|value)\.converter$/;

/**
 * What our engine makes of the same connector configuration. Throws `DIFFERENTIAL_PROPERTY` for a property that it does not
 * understand, lest something be compared that was never asked of us.
 */
export function runSpecOf(options: {
  prefix: string;
  config: ConnectorConfig;
  server: SourceDatabaseAddress;
  brokers: readonly string[];
  serverId: number;
}): PipelineRunSpec {
  const { prefix, server, brokers, serverId } = options;
  const given = { ...options.config, 'topic.prefix': prefix };
  const { config, errors, ignored } = readConnectorConfig(given);
  const meaningless = [...errors, ...ignored.filter(({ property }) => !CONVERTER.test(property))];
  if (config === null || meaningless.length > 0) {
    throw new SealaneError({
      code: 'DIFFERENTIAL_PROPERTY',
      message: 'A property of the group has no meaning for us.',
      why: meaningless.map(({ property }) => property).join(', '),
    });
  }
  return {
    pipelineId: prefix,
    name: prefix,
    flavor: server.flavour,
    source: { host: server.host, port: server.port, ...server.capture, tls: { mode: 'disabled' } },
    cluster: { brokers: [...brokers], tls: { enabled: false } },
    config,
    serverId,
    offsetsName: prefix,
    offsetsTopic: `${prefix}-offsets`,
    producer: 'auto',
  };
}
