import { connectorFields } from '@sealane/contracts/connector/connector-fields';
import { sourceProperties } from '@sealane/contracts/connector/connector-source';
import { type PropertyKind, printProperty } from '@sealane/contracts/connector/property-kind';
import { CLUSTER_PROPERTY, requiredProperties } from '@sealane/contracts/connector/read-connector-config';

/** Connect's `ConfigKeyInfo`. */
export interface PropertyDefinition {
  name: string;
  type: 'BOOLEAN' | 'STRING' | 'INT' | 'LONG' | 'DOUBLE' | 'LIST' | 'PASSWORD';
  required: boolean;
  default_value: string | null;
  importance: 'HIGH' | 'MEDIUM';
  documentation: string;
  group: string;
  order_in_group: number;
  width: 'SHORT' | 'MEDIUM' | 'LONG';
  display_name: string;
  dependents: string[];
}

/** A property with what its form may suggest. */
export interface PluginProperty {
  definition: PropertyDefinition;
  options: readonly string[];
}

export const propertyGroups = ['Common', 'Connection', 'Capture'] as const;

/** Kinds that are more than text. */
const TYPES: Readonly<Partial<Record<PropertyKind['tag'], PropertyDefinition['type']>>> = {
  boolean: 'BOOLEAN',
  integer: 'LONG',
  double: 'DOUBLE',
  list: 'LIST',
};
const WIDTHS: Readonly<Record<PropertyDefinition['type'], PropertyDefinition['width']>> = {
  BOOLEAN: 'SHORT',
  INT: 'SHORT',
  LONG: 'SHORT',
  DOUBLE: 'SHORT',
  STRING: 'MEDIUM',
  PASSWORD: 'MEDIUM',
  LIST: 'LONG',
};

type Described = Pick<PropertyDefinition, 'name' | 'type' | 'group' | 'documentation' | 'display_name'> & {
  default_value?: string | null;
  required?: boolean;
  options?: readonly string[];
};

/** Every property that has an effect, made from the schema that the console's form and `/api/v1` have. */
export const pluginProperties: readonly PluginProperty[] = numbered([
  ...commonProperties(),
  ...Object.entries(sourceProperties).map(([name, property]) => ({
    name,
    type: property.type,
    group: 'Connection',
    documentation: property.description,
    display_name: property.title,
    default_value: property.defaultValue ?? null,
    options: property.kind.tag === 'option' ? property.kind.options : [],
  })),
  ...connectorFields.map(({ property, kind, title, description, absentValue }) => ({
    name: property,
    type: TYPES[kind.tag] ?? 'STRING',
    group: 'Capture',
    documentation: description,
    display_name: title,
    default_value:
      absentValue === undefined || property.includes('*') ? null : printProperty(kind, absentValue),
    options: kind.tag === 'option' ? kind.options : [],
  })),
]);

function commonProperties(): Described[] {
  const common = { type: 'STRING', group: 'Common' } as const;
  return [
    {
      ...common,
      name: 'name',
      required: true,
      documentation: 'Name of the connector, which is the name of its pipeline.',
      display_name: 'Connector name',
    },
    {
      ...common,
      name: 'connector.class',
      required: true,
      documentation: 'Class of the connector, its simple name, or that without "Connector".',
      display_name: 'Connector class',
    },
    {
      ...common,
      name: 'tasks.max',
      type: 'INT',
      default_value: '1',
      documentation: 'Without effect: a pipeline is one task.',
      display_name: 'Tasks max',
    },
    {
      ...common,
      name: CLUSTER_PROPERTY,
      documentation: 'Name of the Kafka cluster to write to. Absent: the default of the installation.',
      display_name: 'Kafka cluster',
    },
  ];
}

function numbered(properties: readonly Described[]): PluginProperty[] {
  const required: readonly string[] = requiredProperties;
  const counts = new Map<string, number>();
  return properties.map(({ options = [], default_value = null, ...property }) => {
    const order = (counts.get(property.group) ?? 0) + 1;
    counts.set(property.group, order);
    const isRequired = property.required ?? required.includes(property.name);
    return {
      options,
      definition: {
        ...property,
        default_value,
        required: isRequired,
        importance: isRequired ? 'HIGH' : 'MEDIUM',
        order_in_group: order,
        width: WIDTHS[property.type],
        dependents: [],
      },
    };
  });
}
