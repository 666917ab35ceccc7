import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inheritedEnvironment } from '../env.ts';
import { emptyTally, type Tally, tallyVitest, type VitestReport } from './tally.ts';

/** Runs a tool that passes or fails as a whole; its output goes straight to ours. */
export async function runCheck(name: string, args: readonly string[]): Promise<Tally> {
  const code = await runNode(args, {});
  const tally = emptyTally();
  if (code === 0) tally.passed = 1;
  else {
    tally.failed = 1;
    tally.failures.push(`${name} (exit ${code})`);
  }
  return tally;
}

/** Runs one project of vitest.config.ts and counts its JSON report. */
export async function runVitest(project: string): Promise<Tally> {
  mkdirSync('test-results', { recursive: true });
  const report = join('test-results', `vitest-${project}.json`);
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const code = await runNode(args, {});
  if (!existsSync(report))
    return { ...emptyTally(), failed: 1, failures: [`${project}: no report was written (exit ${code})`] };
  const tally = tallyVitest(JSON.parse(readFileSync(report, 'utf8')) as VitestReport);
  tally.failures = tally.failures.map(shorten);
  tally.skips = tally.skips.map(shorten);
  if (code !== 0 && tally.failed === 0) {
    tally.failed = 1;
    tally.failures.push(
      `${project}: the runner failed outside its tests (exit ${code}); see its output above`,
    );
  }
  return tally;
}

/** Runs a Node program in the foreground and gives its exit code. */
export function runNode(args: readonly string[], env: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, [...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...inheritedEnvironment(),
      ...env,
      TURBO_TELEMETRY_DISABLED: '1',
      DO_NOT_TRACK: '1',
      NEXT_TELEMETRY_DISABLED: '1',
    },
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Paths of the repository instead of the machine's. */
function shorten(line: string): string {
  const [file, ...rest] = line.split(': ');
  return file === undefined ? line : [relative(process.cwd(), file), ...rest].join(': ');
}
