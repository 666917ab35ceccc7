import type { z } from 'zod';
import { type Flavor, type SourceConnection, sourceConnectionSchema, tlsModes } from '../connection.ts';
import { type PropertyKind, PropertyTextError, parseProperty } from './property-kind.ts';

/** The database server that a connector names: a {@link SourceConnection} with its flavour, flat. */
export interface ConnectorSource {
  /** Null when `connector.class` is neither of ours. */
  flavor: Flavor | null;
  host: string;
  port: number;
  user: string;
  password: string;
  tls: SourceConnection['tls'];
}

interface SourceProperty {
  /** Where it stands in `SourceConnection`, dotted. */
  path: 'host' | 'port' | 'user' | 'password' | 'tls.mode' | 'tls.ca';
  kind: PropertyKind;
  type: 'STRING' | 'INT' | 'PASSWORD';
  title: string;
  description: string;
  required?: boolean;
  defaultValue?: string;
}

/** The properties that make the source, as they also stand in the plug-in's definition. */
export const sourceProperties: Readonly<Record<string, SourceProperty>> = {
  'database.hostname': {
    path: 'host',
    kind: { tag: 'text' },
    type: 'STRING',
    title: 'Hostname',
    description: 'Host name or address of the database server.',
    required: true,
  },
  'database.port': {
    path: 'port',
    kind: { tag: 'integer' },
    type: 'INT',
    title: 'Port',
    description: 'Port of the database server.',
    defaultValue: '3306',
  },
  'database.user': {
    path: 'user',
    kind: { tag: 'text' },
    type: 'STRING',
    title: 'User',
    description: 'Name of the database user.',
    required: true,
  },
  'database.password': {
    path: 'password',
    kind: { tag: 'text' },
    type: 'PASSWORD',
    title: 'Password',
    description: 'Password of the database user.',
  },
  'database.ssl.mode': {
    path: 'tls.mode',
    kind: { tag: 'option', options: tlsModes },
    type: 'STRING',
    title: 'SSL mode',
    description: 'Whether and how the connection is encrypted. Absent: encrypted if the server can.',
  },
  'sealane.database.ssl.ca': {
    path: 'tls.ca',
    kind: { tag: 'text' },
    type: 'STRING',
    title: 'Certificate authority',
    description: 'PEM text of the authority that signed the server’s certificate.',
  },
};

/** Debezium's MariaDB connector has MariaDB's own names for the modes, and none for `preferred`. */
const MARIADB_MODES: Readonly<Record<string, SourceConnection['tls']['mode']>> = {
  disable: 'disabled',
  trust: 'required',
  'verify-ca': 'verify_ca',
  'verify-full': 'verify_identity',
};

export type SourceProblem = (property: string, message: string) => void;

/** Reads the source's properties; what is wrong goes to `problem` and leaves the field at its default. */
export function readConnectorSource(
  config: ReadonlyMap<string, string>,
  flavor: Flavor | null,
  problem: SourceProblem,
): ConnectorSource {
  const values = new Map<string, unknown>();
  for (const [property, { path, kind }] of Object.entries(sourceProperties)) {
    const text = config.get(property);
    if (text === undefined || text.trim() === '') continue;
    if (isConfigProvider(text)) {
      problem(property, 'Sealane does not resolve Connect’s config providers; give the value itself');
      continue;
    }
    try {
      values.set(path, path === 'tls.mode' ? readTlsMode(text, flavor) : parseProperty(kind, text));
    } catch (error) {
      if (!(error instanceof PropertyTextError)) throw error;
      problem(property, error.message);
    }
  }
  const connection = {
    host: values.get('host') ?? '',
    port: values.get('port'),
    user: values.get('user') ?? '',
    password: values.get('password'),
    tls: { mode: values.get('tls.mode') ?? 'preferred', ca: values.get('tls.ca') },
  };
  const parsed = sourceConnectionSchema.safeParse(connection);
  if (parsed.success) return { flavor, ...parsed.data };
  reportIssues(parsed.error.issues, values, problem);
  return { flavor, ...lenient(connection) };
}

/** `${file:/secrets:password}`: resolved by a Connect worker, by nobody here. */
function isConfigProvider(text: string): boolean {
  return /^\$\{[A-Za-z][\w-]*:.+\}$/.test(text.trim());
}

function readTlsMode(text: string, flavor: Flavor | null): string {
  const mode = text.trim().toLowerCase();
  const mariadb = MARIADB_MODES[mode];
  if (mariadb !== undefined && flavor !== 'mysql') return mariadb;
  const option = tlsModes.find((known) => known === mode || known === mode.replaceAll('-', '_'));
  if (option !== undefined) return option;
  const options = flavor === 'mariadb' ? Object.keys(MARIADB_MODES) : tlsModes;
  throw new PropertyTextError(`Value must be one of ${options.join(', ')}`);
}

/** Absent values are told by the caller, which knows what is required. */
function reportIssues(
  issues: readonly z.core.$ZodIssue[],
  values: ReadonlyMap<string, unknown>,
  problem: SourceProblem,
): void {
  for (const issue of issues) {
    const path = issue.path.join('.');
    const entry = Object.entries(sourceProperties).find(([, property]) => property.path === path);
    if (entry !== undefined && values.has(path)) problem(entry[0], issue.message);
  }
}

/** What could be read, for a form that shows it to be mended. */
function lenient(connection: Record<string, unknown>): Omit<ConnectorSource, 'flavor'> {
  const tls = sourceConnectionSchema.shape.tls.safeParse(connection.tls);
  return {
    host: String(connection.host),
    port: typeof connection.port === 'number' ? connection.port : 3306,
    user: String(connection.user),
    password: String(connection.password ?? ''),
    tls: tls.success ? tls.data : { mode: 'preferred' },
  };
}

/** The properties of a source, beside `connector.class`. */
export function sourceToProperties(source: ConnectorSource): Record<string, string> {
  const mode = tlsModeText(source);
  return {
    'database.hostname': source.host,
    'database.port': String(source.port),
    'database.user': source.user,
    'database.password': source.password,
    ...(mode === null ? {} : { 'database.ssl.mode': mode }),
    ...(source.tls.ca === undefined ? {} : { 'sealane.database.ssl.ca': source.tls.ca }),
  };
}

/** Null for the mode that an absent property means. */
function tlsModeText({ flavor, tls }: ConnectorSource): string | null {
  if (tls.mode === 'preferred') return null;
  if (flavor !== 'mariadb') return tls.mode;
  return Object.entries(MARIADB_MODES).find(([, mode]) => mode === tls.mode)?.[0] ?? tls.mode;
}
