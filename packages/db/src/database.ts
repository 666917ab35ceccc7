import { PrismaPg } from '@prisma/adapter-pg';
import { SealaneError } from '@sealane/errors/sealane-error';
import { PrismaClient } from './generated/client.ts';

/** A handle on Postgres: what every repository function takes first. One per process. */
export interface Database {
  readonly prisma: PrismaClient;
  /** Resolves when Postgres answers; throws `DATABASE_UNREACHABLE`. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `postgresql://user:password@host:port/database`. */
  url: string;
  /** Most connections at a time. */
  poolSize?: number;
}

/** Opens the connection pool lazily: nothing is connected before the first query. */
export function createDatabase({ url, poolSize = 10 }: DatabaseOptions): Database {
  const adapter = new PrismaPg({ connectionString: url, max: poolSize, connectionTimeoutMillis: 10_000 });
  const prisma = new PrismaClient({ adapter });
  return {
    prisma,
    async ping() {
      try {
        await prisma.$queryRaw`SELECT 1`;
      } catch (error) {
        throw new SealaneError({
          code: 'DATABASE_UNREACHABLE',
          message: 'Postgres does not answer.',
          why: error instanceof Error ? error.message : String(error),
          remedy: 'Check DATABASE_URL and that the Postgres server runs.',
          retriable: true,
          cause: error,
        });
      }
    },
    close: () => prisma.$disconnect(),
  };
}
