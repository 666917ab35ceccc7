import type { Role } from '@sealane/contracts/api/account';

/** Who asks: a person with a session, or a program with a token. */
export interface Actor {
  kind: 'user' | 'token';
  id: string;
  name: string;
  email: string | null;
  role: Role;
}

/** How an actor stands in a pipeline's events log. */
export function actorLabel(actor: Actor): string {
  return actor.kind === 'user' ? (actor.email ?? actor.name) : `token ${actor.name}`;
}
