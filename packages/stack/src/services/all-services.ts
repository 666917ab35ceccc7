import type { ServiceDefinition } from '../service-definition.ts';
import type { ServiceName } from '../service-name.ts';
import { connect } from './connect.ts';
import { kafka } from './kafka.ts';
import { mariadb } from './mariadb.ts';
import { mysql } from './mysql.ts';
import { postgres } from './postgres.ts';
import { redis } from './redis.ts';
import { registry } from './registry.ts';

/** Every local service by its name. */
export const ALL_SERVICES: { readonly [N in ServiceName]: ServiceDefinition<N> } = {
  postgres,
  redis,
  kafka,
  mariadb,
  mysql,
  registry,
  connect,
};

/** The named services and what they need, each after all that it needs. */
export function inStartOrder(names: readonly ServiceName[]): ServiceName[] {
  const ordered: ServiceName[] = [];
  const visit = (name: ServiceName): void => {
    if (ordered.includes(name)) return;
    for (const needed of ALL_SERVICES[name].needs) visit(needed);
    ordered.push(name);
  };
  for (const name of names) visit(name);
  return ordered;
}
