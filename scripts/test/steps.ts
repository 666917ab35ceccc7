import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inheritedEnvironment } from '../env.ts';
import { emptyTally, type Tally } from './tally.ts';

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

/** Runs one project of vitest.config.ts; its reporter counts. */
export async function runVitest(project: string): Promise<Tally> {
  const file = resolve('test-results', `tally-${project}.json`);
  const reporter = join('scripts', 'test', 'tally-reporter.ts');
  const code = await runNode(
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project',
      project,
      '--reporter=default',
      `--reporter=./${reporter}`,
    ],
    { SEALANE_TALLY_FILE: file },
  );
  if (!existsSync(file))
    return { ...emptyTally(), failed: 1, failures: [`${project}: no report was written (exit ${code})`] };
  const tally = JSON.parse(readFileSync(file, 'utf8')) as Tally;
  if (code === 0 || tally.failed > 0) return tally;
  const reason = `${project}: the runner failed outside its tests (exit ${code}); see its output above`;
  return { ...tally, failed: 1, failures: [reason] };
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
