import type { Flavor, SourceConnection } from '@sealane/contracts/connection';
import { connectorClasses } from '@sealane/contracts/connector/connector-classes';
import type { ConnectorSource } from '@sealane/contracts/connector/connector-source';
import { deleteSource, findSourcesOf, insertSource, updateSource } from '@sealane/db/repositories/sources';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { Services } from '../services.ts';
import { readServerSettings } from '../sources/server-settings.ts';
import { withSource } from '../sources/source-connection.ts';
import { fullText, invalidConfig } from './connect-error.ts';

/** The stored source of a connector, and how to take back that it was stored. */
export interface ResolvedSource {
  id: string;
  /** Deletes the source if it was stored for this connector: when the connector itself is then refused. */
  undo(): Promise<void>;
}

const LONGEST_NAME = 90;
const MOST_NAMES = 50;

/**
 * The source with this server, user, password and TLS. One that is there is reused, and gets the password if that
 * changed; else one is stored. Nothing is stored that cannot be connected to. Throws what is wrong as a refused
 * configuration.
 */
export async function resolveSource(services: Services, wanted: ConnectorSource): Promise<ResolvedSource> {
  const connection = toConnection(wanted);
  const candidates = (await findSourcesOf(services, connection)).filter(
    ({ connection: stored }) =>
      stored.tls.mode === connection.tls.mode && stored.tls.ca === connection.tls.ca,
  );
  const same = candidates.find(({ connection: stored }) => stored.password === connection.password);
  const identity = await identifySource(connection, wanted.flavor);
  if (same !== undefined) return { id: same.row.id, undo: async () => undefined };
  const [stale] = candidates;
  if (stale !== undefined) {
    await updateSource(services, stale.row.id, { name: stale.row.name, ...identity, connection });
    return { id: stale.row.id, undo: async () => undefined };
  }
  const { id } = await insertNamed(services, { ...identity, connection });
  return {
    id,
    undo: () => removeUnused(services, id),
  };
}

/** A source that someone else has begun to use meanwhile stays. */
async function removeUnused({ database }: Services, id: string): Promise<void> {
  try {
    await deleteSource(database, id);
  } catch (thrown) {
    if (!(thrown instanceof SealaneError) || thrown.code !== 'SOURCE_IN_USE') throw thrown;
  }
}

/** Connects, and checks that the connector's class is the one for this server. */
async function identifySource(
  connection: SourceConnection,
  wanted: Flavor | null,
): Promise<{ flavor: Flavor; version: string }> {
  const { flavor, version } = await settingsOf(connection);
  if (wanted !== null && wanted !== flavor) {
    throw invalidConfig([
      `The 'connector.class' value is invalid: the server is ${flavor === 'mariadb' ? 'MariaDB' : 'MySQL'} ${version}, for which the class is ${connectorClasses[flavor]}`,
    ]);
  }
  return { flavor, version };
}

async function settingsOf(connection: SourceConnection): Promise<{ flavor: Flavor; version: string }> {
  try {
    return await withSource(connection, (session) => readServerSettings(session));
  } catch (thrown) {
    if (!(thrown instanceof SealaneError)) throw thrown;
    throw invalidConfig([`Unable to connect: ${fullText(thrown)}`]);
  }
}

/** Sources have names of their own; `user@host:port` says which one it is. */
async function insertNamed(
  services: Services,
  write: { flavor: Flavor; version: string; connection: SourceConnection },
): Promise<{ id: string }> {
  const { user, host, port } = write.connection;
  const base = `${user}@${host}:${port}`.slice(0, LONGEST_NAME);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await insertSource(services, { ...write, name: attempt === 1 ? base : `${base} (${attempt})` });
    } catch (thrown) {
      const taken = thrown instanceof SealaneError && thrown.code === 'NAME_TAKEN';
      if (!taken || attempt === MOST_NAMES) throw thrown;
    }
  }
}

export function toConnection({ host, port, user, password, tls }: ConnectorSource): SourceConnection {
  return { host, port, user, password, tls };
}
