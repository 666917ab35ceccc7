import type { Source, SourceConnectionChange } from '@sealane/contracts/api/sources';
import type { SourceConnection } from '@sealane/contracts/connection';
import {
  deleteSource,
  findSource,
  insertSource,
  listSources,
  readSourceConnection,
  type SourceRow,
  updateSource,
} from '@sealane/db/repositories/sources';
import { operations } from '../context.ts';
import { notFound } from '../http/not-found.ts';
import type { Services } from '../services.ts';
import { readServerSettings } from './server-settings.ts';
import { withSource } from './source-connection.ts';
import { readSourceTables } from './source-tables.ts';
import { testSource } from './test-source.ts';

const os = operations.sources;

export const sourcesRouter = {
  list: os.list.handler(async ({ input, context }) => {
    const { items, total } = await listSources(context.services.database, input);
    return { items: items.map(serializeSource), total, page: input.page, pageSize: input.pageSize };
  }),
  get: os.get.handler(async ({ input, context }) => {
    const row = await findSource(context.services.database, input.id);
    if (row === null) throw notFound('source', input.id);
    return serializeSource(row);
  }),
  create: os.create.handler(async ({ input, context }) => {
    const identity = await identify(input.connection);
    return serializeSource(await insertSource(context.services, { ...input, ...identity }));
  }),
  update: os.update.handler(async ({ input, context }) => {
    const row = await findSource(context.services.database, input.id);
    if (row === null) throw notFound('source', input.id);
    const stored = await connectionOf(context.services, input.id);
    const connection = mergeConnection(stored, input.connection);
    const identity = input.connection === undefined ? row : await identify(connection);
    const updated = await updateSource(context.services, input.id, {
      name: input.name ?? row.name,
      flavor: identity.flavor,
      version: identity.version,
      connection,
    });
    if (updated === null) throw notFound('source', input.id);
    return serializeSource(updated);
  }),
  remove: os.remove.handler(async ({ input, context }) => {
    if (!(await deleteSource(context.services.database, input.id))) throw notFound('source', input.id);
  }),
  testConnection: os.testConnection.handler(({ input }) => testSource(input)),
  test: os.test.handler(async ({ input, context }) =>
    testSource(mergeConnection(await connectionOf(context.services, input.id), input.connection)),
  ),
  tables: os.tables.handler(async ({ input, context }) => {
    const connection = await connectionOf(context.services, input.id);
    return withSource(connection, (session) => readSourceTables(session, input));
  }),
};

/** The stored connection of a source, secrets opened. Throws `NOT_FOUND`. */
async function connectionOf(services: Services, sourceId: string): Promise<SourceConnection> {
  const connection = await readSourceConnection(services, sourceId);
  if (connection === null) throw notFound('source', sourceId);
  return connection;
}

/** Nothing is stored that could not be connected to: flavour and version come from the server itself. */
async function identify(
  connection: SourceConnection,
): Promise<{ flavor: SourceRow['flavor']; version: string }> {
  return withSource(connection, async (session) => {
    const { flavor, version } = await readServerSettings(session);
    return { flavor, version };
  });
}

/** An absent password keeps the stored one, but never towards another server, which would be handed the secret. */
function mergeConnection(
  stored: SourceConnection,
  change: SourceConnectionChange | undefined,
): SourceConnection {
  if (change === undefined) return stored;
  const sameServer = change.host === stored.host && change.port === stored.port;
  const ca = change.tls.ca === undefined && sameServer ? stored.tls.ca : (change.tls.ca ?? undefined);
  return {
    ...change,
    password: change.password ?? (sameServer ? stored.password : ''),
    tls: { mode: change.tls.mode, ...(ca === undefined ? {} : { ca }) },
  };
}

function serializeSource(row: SourceRow): Source {
  return {
    id: row.id,
    name: row.name,
    flavor: row.flavor,
    version: row.version,
    host: row.host,
    port: row.port,
    user: row.user,
    hasPassword: row.hasPassword,
    tls: { mode: row.tlsMode, hasCa: row.hasCa },
    pipelineCount: row.pipelineCount,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
