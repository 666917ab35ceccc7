import { type ConnectorField, connectorFields } from '@sealane/contracts/connector/connector-fields';
import type { PipelineConfigInput } from '@sealane/contracts/pipeline-config';

/** Settings as they are typed, by field: a box is ticked or not, all else is text. Those that are not there have their defaults. */
export type TypedSettings = Readonly<Record<string, string | boolean>>;

/** Fields that the wizard asks for in its own way. */
const ASKED: readonly (keyof PipelineConfigInput)[] = [
  'topicPrefix',
  'databaseIncludeList',
  'tableIncludeList',
  'snapshotMode',
  'decimalHandlingMode',
  'tombstonesOnDelete',
  'topicCreationPartitions',
  'topicCreationReplicationFactor',
  'topicCreationConfig',
];

/** Every other field of the pipeline configuration, in the order of its schema: a new one appears here by itself. */
export const otherSettings: readonly ConnectorField[] = connectorFields.filter(
  ({ name }) => !ASKED.some((asked) => asked === name),
);

/** What the control of a setting shows when nothing was typed. */
export function shownSetting({ kind }: ConnectorField, value: unknown): string | boolean {
  if (kind.tag === 'boolean') return value === true;
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) {
    return value.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join('\n');
  }
  return String(value);
}

/** The value that was typed; undefined: the default. What cannot be read stays text, for the schema to refuse. */
function typedValue({ kind }: ConnectorField, typed: string | boolean): unknown {
  if (typeof typed === 'boolean') return typed;
  const text = typed.trim();
  if (kind.tag === 'list') return linesOf(text);
  if (kind.tag === 'json') return linesOf(text).map(fromJson);
  if (text === '') return undefined;
  return kind.tag === 'integer' || kind.tag === 'double' ? Number(text) : text;
}

/** The typed settings as the API takes them: those that are not what they would be anyway. */
export function settingsConfig(typed: TypedSettings): Record<string, unknown> {
  const entries = otherSettings.flatMap((field): [string, unknown][] => {
    const raw = typed[field.name];
    const value = raw === undefined ? undefined : typedValue(field, raw);
    const isDefault = JSON.stringify(value) === JSON.stringify(field.defaultValue);
    return value === undefined || isDefault ? [] : [[field.name, value]];
  });
  return Object.fromEntries(entries);
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function fromJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}
