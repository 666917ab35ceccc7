import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node';
import { tallyFile } from '../env.ts';
import { emptyTally, oneLine, type Tally } from './tally.ts';

/** Vitest's part of the closing lines: writes the {@link Tally} of a run, each failure with its reason, to `SEALANE_TALLY_FILE`. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const tally = emptyTally();
    for (const module of modules) addModule(tally, module);
    for (const error of unhandled) addFailure(tally, 'outside the tests', [error]);
    const file = tallyFile();
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(tally));
  }
}

/** A hook that throws belongs to a suite or to the module, and leaves the tests below it skipped: it is a failure by itself. */
function addModule(tally: Tally, module: TestModule): void {
  const path = module.relativeModuleId;
  for (const test of module.children.allTests()) addTest(tally, path, test);
  if (module.errors().length > 0) addFailure(tally, path, module.errors());
  for (const suite of module.children.allSuites()) {
    if (suite.errors().length > 0) addFailure(tally, `${path}: ${suite.fullName}`, suite.errors());
  }
}

function addTest(tally: Tally, path: string, test: TestCase): void {
  const result = test.result();
  const name = `${path}: ${test.fullName}`;
  if (result.state === 'passed') tally.passed += 1;
  else if (result.state === 'failed') addFailure(tally, name, result.errors);
  else {
    tally.skipped += 1;
    tally.skips.push(result.state === 'skipped' && result.note ? `${name} (${result.note})` : name);
  }
}

function addFailure(tally: Tally, name: string, errors: readonly { message: string }[]): void {
  tally.failed += 1;
  tally.failures.push(`${name}: ${oneLine(errors.map(({ message }) => message).join('; '))}`);
}
