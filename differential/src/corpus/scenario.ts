/** One SQL script of the corpus. */
export interface Scenario {
  /** File name without its ending; also the script's database, with underscores. */
  readonly name: string;
  /** What it is about: the script's first comment line. */
  readonly title: string;
  readonly servers: readonly ServerFlavour[];
  /** Connector properties that this script needs beside or instead of the usual ones. */
  readonly properties: Readonly<Record<string, string>>;
  /** Run before the connectors start: what the snapshot finds. */
  readonly before: readonly string[];
  /** Run while they stream. */
  readonly streamed: readonly string[];
}

export type ServerFlavour = 'mysql' | 'mariadb';

export const SERVER_FLAVOURS: readonly ServerFlavour[] = ['mariadb', 'mysql'];

/** The database in which a script runs. */
export function databaseOf({ name }: Scenario): string {
  return `d_${name.replaceAll('-', '_')}`;
}
