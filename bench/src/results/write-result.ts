import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bar, describeBar, isMet } from './bars.ts';
import type { BenchEnvironment } from './environment.ts';

/** What every benchmark leaves behind; `figures` holds its own part. */
export interface BenchResult {
  benchmark: 'stream' | 'latency' | 'scan';
  startedAt: string;
  environment: BenchEnvironment;
  settings: Readonly<Record<string, unknown>>;
  bars: readonly Bar[];
  figures: Readonly<Record<string, unknown>>;
}

const FOLDER = new URL('../../results/', import.meta.url);

/** Prints the verdicts, writes the JSON under `bench/results` and says whether every bar was met. */
export async function concludeBench(result: BenchResult): Promise<boolean> {
  for (const bar of result.bars) console.log(describeBar(bar));
  await mkdir(FOLDER, { recursive: true });
  const name = `${result.benchmark}-${result.startedAt.replaceAll(':', '').slice(0, 15)}.json`;
  await writeFile(new URL(name, FOLDER), `${JSON.stringify(result, null, 2)}\n`);
  console.log(`written to ${join('bench', 'results', name)}`);
  return result.bars.every(isMet);
}
