import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runBrowserTests } from './browser.ts';
import { runCheck, runVitest } from './steps.ts';
import { addTallies, closingLine, emptyTally, type Tally } from './tally.ts';

interface Step {
  name: string;
  run: () => Promise<Tally>;
}

const steps: Step[] = [
  {
    name: 'lint',
    run: () => runCheck('lint', ['node_modules/@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '.']),
  },
  {
    name: 'types',
    run: () =>
      runCheck('types', ['node_modules/turbo/bin/turbo', 'run', 'typecheck', '--output-logs=errors-only']),
  },
  {
    name: 'imports',
    run: () =>
      runCheck('imports', [
        'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
        '--config',
        '.dependency-cruiser.cjs',
        'apps',
        'packages',
        'bench',
        'differential',
        'scripts',
      ]),
  },
  { name: 'unused', run: () => runCheck('unused', ['node_modules/knip/bin/knip.js']) },
  { name: 'unit', run: () => runVitest('unit') },
  {
    name: 'build',
    run: () =>
      runCheck('build', ['node_modules/turbo/bin/turbo', 'run', 'build', '--output-logs=errors-only']),
  },
  { name: 'int', run: () => runVitest('int') },
  { name: 'browser', run: () => runBrowserTests() },
];

/** `npm test`: everything, in the order in which a mistake is found cheapest; a failed step does not hide the next. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
  const chosen = values.only ? steps.filter((step) => values.only?.includes(step.name)) : steps;
  const unknown = values.only?.filter((name) => !steps.some((step) => step.name === name)) ?? [];
  if (unknown.length > 0)
    throw new Error(
      `There is no step ${unknown.join(', ')}; the steps are ${steps.map(({ name }) => name).join(', ')}.`,
    );
  rmSync('test-results', { recursive: true, force: true });
  let total = emptyTally();
  for (const step of chosen) {
    const started = Date.now();
    process.stdout.write(`\n── ${step.name} ${'─'.repeat(60 - step.name.length)}\n`);
    const tally = await step.run();
    process.stdout.write(
      `${step.name}: ${closingLine(tally)} in ${((Date.now() - started) / 1000).toFixed(0)} s\n`,
    );
    total = addTallies(total, tally);
  }
  process.stdout.write('\n');
  for (const line of total.failures) process.stdout.write(`FAILED  ${line}\n`);
  for (const line of total.skips) process.stdout.write(`skipped ${line}\n`);
  process.stdout.write(`${closingLine(total)}\n`);
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
