import { defineConfig } from 'prisma/config';

/** Read by the Prisma command line only; the apps take their address from `DATABASE_URL` through their `env.ts`. */
export default defineConfig({ schema: 'prisma/schema.prisma', migrations: { path: 'prisma/migrations' } });
