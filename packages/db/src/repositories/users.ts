import { randomUUID } from 'node:crypto';
import { type Role, roleSchema } from '@sealane/contracts/api/account';
import type { Database } from '../database.ts';
import { uniqueViolation } from '../write-errors.ts';

/** How many people can sign in. */
export async function countUsers(database: Database): Promise<number> {
  return database.prisma.user.count();
}

/**
 * Stores a person with a password hash in the form that the sign-in library verifies. False when the e-mail
 * address is taken: then nothing was changed.
 */
export async function insertUser(
  database: Database,
  user: { email: string; name: string; role: Role; passwordHash: string },
): Promise<boolean> {
  const id = randomUUID();
  const email = user.email.toLowerCase();
  try {
    await database.prisma.user.create({
      data: {
        id,
        email,
        name: user.name,
        role: user.role,
        emailVerified: true,
        accounts: {
          create: { id: randomUUID(), accountId: id, providerId: 'credential', password: user.passwordHash },
        },
      },
    });
    return true;
  } catch (error) {
    if (uniqueViolation(error) !== null) return false;
    throw error;
  }
}

/** A person who signs in with a password, for checking it. */
export interface UserCredential {
  id: string;
  name: string;
  email: string;
  role: Role;
  /** In the form that the sign-in library verifies. */
  passwordHash: string;
}

/** By e-mail address in any case; null for nobody, or someone who has no password. */
export async function findUserCredential(database: Database, email: string): Promise<UserCredential | null> {
  const row = await database.prisma.user.findUnique({
    where: { email: email.toLowerCase() },
    include: { accounts: { where: { providerId: 'credential' }, select: { password: true } } },
  });
  const passwordHash = row?.accounts[0]?.password ?? null;
  if (row === null || passwordHash === null) return null;
  return { id: row.id, name: row.name, email: row.email, role: roleSchema.parse(row.role), passwordHash };
}
