import { createToken, deleteToken, listTokens, type TokenRow } from '@sealane/db/repositories/tokens';
import { listWorkers } from '@sealane/db/repositories/workers';
import { SealaneError } from '@sealane/errors/sealane-error';
import { actorLabel } from '../auth/actor.ts';
import { operations } from '../context.ts';
import { notFound } from '../http/not-found.ts';

/** Workers that were silent for longer count as gone. */
export const WORKER_ALIVE_MS = 30_000;

const os = operations.account;

export const accountRouter = {
  me: os.me.handler(({ context }) => context.actor),
  tokens: {
    list: os.tokens.list.handler(async ({ context }) => {
      const rows = await listTokens(context.services.database);
      return { items: rows.map(serializeToken) };
    }),
    create: os.tokens.create.handler(async ({ input, context }) => {
      const { row, text } = await createToken(context.services.database, {
        name: input.name,
        role: input.role,
        createdBy: actorLabel(context.actor),
        expiresAt: input.expiresAt === undefined ? null : new Date(input.expiresAt),
      });
      return { ...serializeToken(row), token: text };
    }),
    remove: os.tokens.remove.handler(async ({ input, context }) => {
      const outcome = await deleteToken(context.services.database, input.id);
      if (outcome === 'missing') throw notFound('token', input.id);
      if (outcome === 'managed') throw managedToken();
    }),
  },
  workers: os.workers.handler(async ({ context }) => {
    const rows = await listWorkers(context.services.database, WORKER_ALIVE_MS);
    return {
      items: rows.map((row) => ({
        ...row,
        startedAt: row.startedAt.toISOString(),
        seenAt: row.seenAt.toISOString(),
      })),
    };
  }),
};

function serializeToken(row: TokenRow) {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    prefix: row.prefix,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
  };
}

function managedToken(): SealaneError {
  return new SealaneError({
    code: 'TOKEN_MANAGED',
    message: 'This token comes from the environment.',
    why: 'It would be back after the next start.',
    remedy: 'Change or remove SEALANE_API_TOKEN and restart the console.',
  });
}
