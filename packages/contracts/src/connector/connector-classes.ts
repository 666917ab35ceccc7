import type { Flavor } from '../connection.ts';

/** The Debezium connector classes that a pipeline can stand for. */
export const connectorClasses = {
  mysql: 'io.debezium.connector.mysql.MySqlConnector',
  mariadb: 'io.debezium.connector.mariadb.MariaDbConnector',
} as const satisfies Record<Flavor, string>;

/**
 * The flavour that a `connector.class` names, or null. As in Connect, the class may be given in full, by its simple
 * name, or by that without `Connector`.
 */
export function flavorOfConnectorClass(className: string): Flavor | null {
  const wanted = className.trim();
  for (const flavor of ['mysql', 'mariadb'] as const) {
    const full = connectorClasses[flavor];
    const simple = full.slice(full.lastIndexOf('.') + 1);
    if ([full, simple, simple.replace(/Connector$/, '')].includes(wanted)) return flavor;
  }
  return null;
}
