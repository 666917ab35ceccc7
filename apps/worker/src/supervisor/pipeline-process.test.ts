import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PipelineReport } from '@sealane/contracts/pipeline-run';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PipelineProcess, spawnPipelineProcess } from './pipeline-process.ts';
import { crashFailure, type ProcessExit } from './process-failure.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sealane-process-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Starts a real process of the given script and waits for its end, or for `until` to end it. */
async function run(script: string, until?: (process: PipelineProcess, reports: PipelineReport[]) => void) {
  const entry = join(folder, `${Math.random().toString(36).slice(2)}.mjs`);
  await writeFile(entry, script);
  const reports: PipelineReport[] = [];
  const exit = await new Promise<ProcessExit>((resolve) => {
    const process = spawnPipelineProcess({
      launch: { entry, execArgv: ['--max-old-space-size=40'], env: { PATH: '/usr/bin' } },
      onReport: (report) => {
        reports.push(report);
        until?.(process, reports);
      },
      onExit: resolve,
      log: pino({ level: 'silent' }),
    });
  });
  return { exit, reports };
}

describe('a pipeline process', () => {
  it('delivers its reports in order, the last one before its end', async () => {
    const { exit, reports } = await run(`
      process.send({ kind: 'state', state: 'starting' });
      process.send({ kind: 'nonsense' });
      process.send({ kind: 'ended', completed: true, error: null }, () => process.exit(0));
    `);
    expect(reports).toEqual([
      { kind: 'state', state: 'starting' },
      { kind: 'ended', completed: true, error: null },
    ]);
    expect(exit.code).toBe(0);
  });

  it('sees nothing of the environment of the worker', async () => {
    const { reports } = await run(`
      const message = JSON.stringify(process.argv.slice(2)) + Object.keys(process.env).sort().join();
      process.send({ kind: 'event', level: 'info', type: 't', message, error: null }, () => process.exit(0));
    `);
    expect(reports).toMatchObject([{ message: '[]PATH' }]);
  });

  it('that throws is told with its exit code and the end of its error output', async () => {
    const { exit } = await run(`throw new Error('out of luck');`);
    const failure = crashFailure(exit);
    expect(failure).toMatchObject({
      code: 'PIPELINE_PROCESS_CRASHED',
      retriable: true,
      details: { exitCode: 1 },
    });
    expect(failure.why).toContain('out of luck');
  });

  it('that is killed is told with the signal', async () => {
    const { exit } = await run(
      `process.send({ kind: 'state', state: 'running' }); setInterval(() => undefined, 1000);`,
      (process) => process.kill(),
    );
    expect(crashFailure(exit)).toMatchObject({
      message: expect.stringContaining('SIGKILL'),
      details: { signal: 'SIGKILL' },
    });
  });

  it('that runs out of memory is told as such', async () => {
    const { exit } = await run(
      `const all = []; for (;;) all.push(Array.from({ length: 1000 }, (_, i) => ({ i })));`,
    );
    expect(crashFailure(exit).code).toBe('PIPELINE_PROCESS_OUT_OF_MEMORY');
  }, 30_000);
});
