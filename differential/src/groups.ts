import { databaseOf, type Scenario, type ServerFlavour } from './corpus/scenario.ts';
import type { ConnectorConfig } from './engines/engine.ts';

/** Scripts that one pair of connectors captures together. */
export interface Group {
  readonly name: string;
  readonly flavour: ServerFlavour;
  readonly scenarios: readonly Scenario[];
  /** What the group's connectors have beside the usual. */
  readonly properties: ConnectorConfig;
}

/** Value modes under which every script without properties of its own is captured. */
export const MODES: Readonly<Record<string, ConnectorConfig>> = {
  defaults: {},
  texts: {
    'decimal.handling.mode': 'string',
    'bigint.unsigned.handling.mode': 'precise',
    'binary.handling.mode': 'hex',
    'time.precision.mode': 'connect',
  },
  doubles: { 'decimal.handling.mode': 'double', 'binary.handling.mode': 'base64' },
};

/** The runs that a corpus makes on one server. */
export function groupsOf(scenarios: readonly Scenario[], flavour: ServerFlavour): Group[] {
  const here = scenarios.filter(({ servers }) => servers.includes(flavour));
  const plain = here.filter(({ properties }) => Object.keys(properties).length === 0);
  const groups: Group[] = Object.entries(MODES).map(([name, properties]) => ({
    name,
    flavour,
    scenarios: plain,
    properties,
  }));
  for (const scenario of here.filter(({ properties }) => Object.keys(properties).length > 0)) {
    groups.push({ name: scenario.name, flavour, scenarios: [scenario], properties: scenario.properties });
  }
  return groups.filter((group) => group.scenarios.length > 0);
}

/** The database whose last row says that everything before it was captured. */
export const END_DATABASE = 'd_end';

/** The connector configuration of a group, without connection and prefix. */
export function propertiesOf(group: Group): ConnectorConfig {
  const databases = [...group.scenarios.map(databaseOf), END_DATABASE];
  return {
    'database.include.list': databases.join(','),
    'extended.headers.enabled': 'false',
    ...group.properties,
  };
}
