import { randomUUID } from 'node:crypto';
import type { Role } from '@sealane/contracts/api/account';
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
