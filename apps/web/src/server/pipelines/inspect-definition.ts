import type { SourceCheck, SourceTable } from '@sealane/contracts/api/sources';
import type { PipelineConfig } from '@sealane/contracts/pipeline-config';
import { findCluster } from '@sealane/db/repositories/clusters';
import { readSourceConnection } from '@sealane/db/repositories/sources';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { KafkaSession } from '@sealane/kafka/session/kafka-session';
import type { Services } from '../services.ts';
import { readColumnNames, withChosenKeys } from '../sources/chosen-keys.ts';
import { runPreflightChecks } from '../sources/preflight-checks.ts';
import { readServerSettings } from '../sources/server-settings.ts';
import { withSource } from '../sources/source-connection.ts';
import { readSourceTables } from '../sources/source-tables.ts';
import { assertTablesKnown, capturedTables } from './captured-tables.ts';

/** What a definition refers to, found and checked. */
export interface InspectedDefinition {
  tables: SourceTable[];
  allTables: SourceTable[];
  checks: SourceCheck[];
  sourceServerId: number;
  session: KafkaSession;
}

export interface Definition {
  sourceId: string;
  clusterId: string;
  config: PipelineConfig;
}

/** Codes of failed checks, as a pipeline's own errors have them. */
const CODE_BY_CHECK: Readonly<Record<string, string>> = {
  log_bin: 'BINLOG_DISABLED',
  binlog_format: 'BINLOG_FORMAT_NOT_ROW',
  binlog_row_image: 'BINLOG_ROW_IMAGE_NOT_FULL',
  binlog_row_value_options: 'BINLOG_ROW_IMAGE_NOT_FULL',
  server_id: 'SOURCE_SERVER_ID_ZERO',
  grants: 'SOURCE_MISSING_GRANT',
};

/**
 * Connects to source and cluster and checks all that can be known before a pipeline is stored. Reads only. Throws the
 * first thing that would keep it from running, by field.
 */
export async function inspectDefinition(
  services: Services,
  definition: Definition,
): Promise<InspectedDefinition> {
  const { config } = definition;
  const connection = await readSourceConnection(services, definition.sourceId);
  if (connection === null) throw unknownReference('sourceId', 'source');
  if ((await findCluster(services.database, definition.clusterId)) === null)
    throw unknownReference('clusterId', 'cluster');
  const source = await atField('sourceId', () =>
    withSource(connection, async (session) => {
      const settings = await readServerSettings(session);
      const { tables } = await readSourceTables(session);
      const entries = config.messageKeyColumns;
      if (entries.length === 0) return { settings, tables };
      return { settings, tables: withChosenKeys(tables, { entries, named: await readColumnNames(session) }) };
    }),
  );
  const checks = runPreflightChecks(source.settings, connection.user);
  assertChecksPass(checks);
  const sourceServerId = Number(source.settings.variables.get('server_id') ?? 0);
  assertServerIdFree(config, sourceServerId);
  assertTablesKnown(config, source.tables);
  const session = await atField('clusterId', () => services.kafka.get(definition.clusterId));
  await atField('clusterId', () => session.metadata([]));
  return {
    tables: capturedTables(config, source.tables),
    allTables: source.tables,
    checks,
    sourceServerId,
    session,
  };
}

function assertChecksPass(checks: readonly SourceCheck[]): void {
  const failed = checks.filter((check) => check.verdict === 'fail');
  const [first] = failed;
  if (first === undefined) return;
  throw new SealaneError({
    code: CODE_BY_CHECK[first.id] ?? 'PREFLIGHT_FAILED',
    message: failed
      .map((check) => `${check.title}: ${check.measured ?? 'unknown'}; wanted: ${check.wanted}.`)
      .join(' '),
    why: failed.map((check) => check.why).join(' '),
    remedy: failed.map((check) => check.remedy ?? '').join('\n'),
    fields: failed.map((check) => ({
      path: 'sourceId',
      message: `${check.title} is ${check.measured ?? 'unknown'}, wanted ${check.wanted}`,
    })),
  });
}

function assertServerIdFree(config: PipelineConfig, sourceServerId: number): void {
  if (config.serverId === undefined || config.serverId !== sourceServerId) return;
  throw new SealaneError({
    code: 'DUPLICATE_SERVER_ID',
    message: `Server id ${sourceServerId} is the source's own.`,
    why: 'A replica needs an id that no server and no other replica has.',
    remedy: 'Choose another server id, or leave it empty to have one chosen.',
    fields: [{ path: 'config.serverId', message: 'This is the id of the source itself' }],
  });
}

/** Errors of a server are shown at the field that chose it. */
async function atField<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof SealaneError)) throw thrown;
    throw thrown.at([{ path, message: thrown.message }]);
  }
}

function unknownReference(path: string, what: string): SealaneError {
  return new SealaneError({
    code: 'REFERENCE_MISSING',
    message: `There is no ${what} with this id.`,
    remedy: `Choose one of the ${what}s listed, or create it first.`,
    fields: [{ path, message: `No such ${what}` }],
  });
}
