import { type Role, roles } from '@sealane/contracts/api/account';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { Actor } from './actor.ts';

/**
 * The least role for each operation of the contract. Viewers read what is stored; operators run pipelines and
 * connect to servers; admins manage tokens.
 */
export const operationRoles: Readonly<Record<string, Role>> = {
  'account.me': 'viewer',
  'account.tokens.list': 'admin',
  'account.tokens.create': 'admin',
  'account.tokens.remove': 'admin',
  'account.workers': 'viewer',
  'sources.list': 'viewer',
  'sources.get': 'viewer',
  'sources.create': 'operator',
  'sources.update': 'operator',
  'sources.remove': 'operator',
  'sources.testConnection': 'operator',
  'sources.test': 'operator',
  'sources.tables': 'viewer',
  'clusters.list': 'viewer',
  'clusters.get': 'viewer',
  'clusters.create': 'operator',
  'clusters.update': 'operator',
  'clusters.remove': 'operator',
  'clusters.testConnection': 'operator',
  'clusters.test': 'operator',
  'pipelines.list': 'viewer',
  'pipelines.get': 'viewer',
  'pipelines.create': 'operator',
  'pipelines.preview': 'operator',
  'pipelines.update': 'operator',
  'pipelines.remove': 'operator',
  'pipelines.act': 'operator',
  'pipelines.events': 'viewer',
  'pipelines.history': 'viewer',
  'pipelines.schemaChanges': 'viewer',
  'pipelines.schemaChange': 'viewer',
  'pipelines.live': 'viewer',
  'pipelines.liveAll': 'viewer',
  'topics.list': 'viewer',
  'topics.get': 'viewer',
  'topics.messages': 'viewer',
  'topics.message': 'viewer',
};

/** Throws `FORBIDDEN` when the actor's role is too weak for an operation; one without a role is for nobody. */
export function authorize(actor: Actor, operation: string): void {
  const wanted = operationRoles[operation];
  if (wanted !== undefined && roles.indexOf(actor.role) >= roles.indexOf(wanted)) return;
  throw new SealaneError({
    code: 'FORBIDDEN',
    message: `This needs the role ${wanted ?? 'admin'}.`,
    why: `You have the role ${actor.role}.`,
    remedy: 'Ask an administrator.',
    details: { operation },
  });
}
