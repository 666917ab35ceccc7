import { createHash, randomBytes } from 'node:crypto';
import { type Role, roleSchema } from '@sealane/contracts/api/account';
import type { Database } from '../database.ts';
import type { ApiToken as TokenModel } from '../generated/client.ts';

/** An API token without its text: only a hash of it is stored. */
export interface TokenRow {
  id: string;
  name: string;
  role: Role;
  prefix: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  /** Set by the environment: cannot be revoked in the console. */
  managed: boolean;
}

const TOKEN_MARK = 'slt_';
const PREFIX_LENGTH = 8;
const USE_RECORDED_EVERY_MS = 60_000;

/** Creates a token and returns its text, which nobody can read again. */
export async function createToken(
  database: Database,
  token: { name: string; role: Role; createdBy: string; expiresAt: Date | null },
): Promise<{ row: TokenRow; text: string }> {
  const text = TOKEN_MARK + randomBytes(32).toString('base64url');
  const row = await database.prisma.apiToken.create({
    data: { ...token, prefix: text.slice(0, PREFIX_LENGTH), hash: hashOf(text) },
  });
  return { row: toRow(row), text };
}

export async function listTokens(database: Database): Promise<TokenRow[]> {
  const rows = await database.prisma.apiToken.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  return rows.map(toRow);
}

/** `managed`: the environment owns it, nothing was done. */
export async function deleteToken(
  database: Database,
  id: string,
): Promise<'deleted' | 'missing' | 'managed'> {
  const { count } = await database.prisma.apiToken.deleteMany({ where: { id, managed: false } });
  if (count > 0) return 'deleted';
  return (await database.prisma.apiToken.count({ where: { id } })) > 0 ? 'managed' : 'missing';
}

/** The token of this text, if it is known and not expired. Its use is noted at most once a minute. */
export async function findTokenByText(database: Database, text: string): Promise<TokenRow | null> {
  const row = await database.prisma.apiToken.findUnique({ where: { hash: hashOf(text) } });
  if (row === null) return null;
  const now = Date.now();
  if (row.expiresAt !== null && row.expiresAt.getTime() <= now) return null;
  if (row.lastUsedAt === null || now - row.lastUsedAt.getTime() > USE_RECORDED_EVERY_MS) {
    await database.prisma.apiToken.updateMany({ where: { id: row.id }, data: { lastUsedAt: new Date(now) } });
  }
  return toRow(row);
}

/** Makes the environment's token the only managed one, so that a token taken out of the environment stops working. */
export async function ensureManagedToken(database: Database, text: string | null): Promise<void> {
  const hash = text === null ? null : hashOf(text);
  await database.prisma.$transaction(async (transaction) => {
    await transaction.apiToken.deleteMany({
      where: { managed: true, ...(hash === null ? {} : { hash: { not: hash } }) },
    });
    if (text === null || hash === null) return;
    await transaction.apiToken.upsert({
      where: { hash },
      create: { name: 'SEALANE_API_TOKEN', role: 'admin', prefix: text.slice(0, 4), hash, managed: true },
      update: { role: 'admin', managed: true, expiresAt: null },
    });
  });
}

/** Tokens are 256 random bits, so a plain hash is enough: there is nothing to guess. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function toRow(row: TokenModel): TokenRow {
  const { id, name, role, prefix, createdAt, lastUsedAt, expiresAt, managed } = row;
  return { id, name, role: roleSchema.parse(role), prefix, createdAt, lastUsedAt, expiresAt, managed };
}
