import type { Role } from '@sealane/contracts/api/account';
import { roles } from '@sealane/contracts/api/account';
import { maskSecrets } from '@sealane/contracts/connector/secret-properties';
import type { Actor } from '../auth/actor.ts';
import type { Log } from '../log.ts';
import type { Services } from '../services.ts';

/** One request of Kafka Connect's API, its sender known and allowed to make it. */
export interface ConnectCall {
  services: Services;
  actor: Actor;
  log: Log;
  /** Path parameters, decoded. */
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** The JSON that was sent; undefined for none. */
  body: unknown;
  /** What stands before `/connectors` in our own addresses: `/connect`, or nothing. */
  base: string;
}

/** Whether an actor may do what a role may. */
export function hasRole(actor: Actor, role: Role): boolean {
  return roles.indexOf(actor.role) >= roles.indexOf(role);
}

/** Operators can set every secret and so may read the configuration word for word; viewers see secrets masked. */
export function readableConfig(
  { actor }: Pick<ConnectCall, 'actor'>,
  config: Record<string, string>,
): Record<string, string> {
  return hasRole(actor, 'operator') ? config : maskSecrets(config);
}

/** A query flag as Connect reads it: only `true` is true. */
export function isTrue(query: URLSearchParams, name: string): boolean {
  return query.get(name)?.toLowerCase() === 'true';
}
