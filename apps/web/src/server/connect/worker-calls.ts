import { SOURCE_VERSION } from '@sealane/contracts/source-version';
import { jsonAnswer } from './connect-answer.ts';
import { readConfig } from './connect-body.ts';
import type { ConnectCall } from './connect-call.ts';
import { describePlugin, listPlugins } from './connector-plugins.ts';
import { defaultClusterId } from './default-cluster.ts';
import { listLoggers, readLogger, setLogger } from './loggers.ts';
import { validateConfig } from './validate-config.ts';

/** The release of Kafka Connect whose API this is: clients choose by it what they may ask for. */
const CONNECT_VERSION = '4.3.1';

/** The calls that concern no single connector. */

export async function root(call: ConnectCall): Promise<Response> {
  return jsonAnswer(200, {
    version: CONNECT_VERSION,
    commit: `sealane-${SOURCE_VERSION}`,
    kafka_cluster_id: (await defaultClusterId(call.services)) ?? '',
  });
}

/** `connectorsOnly=false` asks for converters and transformations too, of which there are none. */
export async function plugins(): Promise<Response> {
  return jsonAnswer(200, listPlugins());
}

export async function pluginConfig({ params }: ConnectCall): Promise<Response> {
  return jsonAnswer(200, describePlugin(params.plugin ?? ''));
}

export async function validate({ params, body }: ConnectCall): Promise<Response> {
  return jsonAnswer(200, await validateConfig(params.plugin ?? '', readConfig(body)));
}

export async function loggers(call: ConnectCall): Promise<Response> {
  return jsonAnswer(200, listLoggers(call));
}

export async function logger(call: ConnectCall): Promise<Response> {
  return jsonAnswer(200, readLogger(call, call.params.logger ?? ''));
}

export async function changeLogger(call: ConnectCall): Promise<Response> {
  const changed = setLogger(call, call.params.logger ?? '');
  return call.query.get('scope') === 'cluster'
    ? new Response(null, { status: 204 })
    : jsonAnswer(200, changed);
}
