import type { Credentials } from '../data/credentials.ts';
import type { PortPair } from '../data/ports.ts';

/** The variables of docker-compose.yml that carry a stack's passwords, keys and published ports. */
export function composeVariables(values: {
  credentials: Credentials;
  ports: Readonly<Partial<Record<string, PortPair>>>;
}): Record<string, string> {
  const { credentials, ports } = values;
  const published = Object.entries(ports).flatMap(([name, pair]) =>
    pair ? [[`${name.toUpperCase()}_PORT`, String(pair.port)] as const] : [],
  );
  return {
    POSTGRES_PASSWORD: credentials.postgres,
    REDIS_PASSWORD: credentials.redis,
    SOURCE_ADMIN_PASSWORD: credentials.databaseAdmin,
    SOURCE_CAPTURE_PASSWORD: credentials.databaseCapture,
    SEALANE_ENCRYPTION_KEY: credentials.encryptionKey,
    SEALANE_ADMIN_EMAIL: 'admin@sealane.local',
    SEALANE_ADMIN_PASSWORD: credentials.consoleAdmin,
    SEALANE_API_TOKEN: credentials.apiToken,
    ...Object.fromEntries(published),
  };
}
