import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseScenario } from './parse-scenario.ts';
import type { Scenario } from './scenario.ts';

const FOLDER = new URL('../../corpus/', import.meta.url);

/** Every script of `corpus/`, by name; `only`: those whose name contains the text. */
export async function readCorpus(only?: string): Promise<Scenario[]> {
  const files = (await readdir(fileURLToPath(FOLDER))).filter((file) => file.endsWith('.sql')).sort();
  const scenarios = await Promise.all(
    files.map(async (file) =>
      parseScenario(file.slice(0, -4), await readFile(new URL(file, FOLDER), 'utf8')),
    ),
  );
  return only === undefined ? scenarios : scenarios.filter(({ name }) => name.includes(only));
}
