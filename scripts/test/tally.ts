import { stripVTControlCharacters } from 'node:util';

const MOST_REASON = 600;

/** What one step of the suite came to. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** One line for each failed test. */
  failures: string[];
  /** One line for each skipped test, with its reason where the test gives one. */
  skips: string[];
}

export function emptyTally(): Tally {
  return { passed: 0, failed: 0, skipped: 0, failures: [], skips: [] };
}

export function addTallies(a: Tally, b: Tally): Tally {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
    skips: [...a.skips, ...b.skips],
  };
}

/** `N passed, N failed`, and `, N skipped` when there are any: what automation reads. */
export function closingLine(tally: Tally): string {
  const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
  return `${tally.passed} passed, ${tally.failed} failed${skipped}`;
}

/** The reason of a failure as the closing lines show it: colours and line breaks out, cut when long. */
export function oneLine(message: string): string {
  const plain = stripVTControlCharacters(message).replaceAll(/\s+/g, ' ').trim();
  return plain.length > MOST_REASON ? `${plain.slice(0, MOST_REASON)}…` : plain;
}

/** The parts of Playwright's JSON report that are read. */
export interface PlaywrightReport {
  suites?: PlaywrightSuite[];
  errors?: { message?: string }[];
}
interface PlaywrightSuite {
  title: string;
  suites?: PlaywrightSuite[];
  specs?: {
    title: string;
    tests: {
      status: string;
      annotations: { type: string; description?: string }[];
      results?: { error?: { message?: string } }[];
    }[];
  }[];
}

/** Counts a Playwright report; a flaky test (passed on retry) counts as passed. */
export function tallyPlaywright(report: PlaywrightReport): Tally {
  const tally = emptyTally();
  for (const suite of report.suites ?? []) addSuite(tally, suite, suite.title);
  for (const error of report.errors ?? []) {
    tally.failed += 1;
    tally.failures.push(`browser: ${oneLine(error.message ?? 'unknown error')}`);
  }
  return tally;
}

function addSuite(tally: Tally, suite: PlaywrightSuite, path: string): void {
  for (const spec of suite.specs ?? []) {
    for (const test of spec.tests) {
      const reason = test.annotations.find((annotation) => annotation.type === 'skip')?.description;
      if (test.status === 'skipped') {
        tally.skipped += 1;
        tally.skips.push(`${path}: ${spec.title}${reason ? ` (${reason})` : ''}`);
      } else if (test.status === 'unexpected') {
        tally.failed += 1;
        const message = test.results?.find(({ error }) => error?.message)?.error?.message;
        tally.failures.push(`${path}: ${spec.title}${message ? `: ${oneLine(message)}` : ''}`);
      } else tally.passed += 1;
    }
  }
  for (const inner of suite.suites ?? []) addSuite(tally, inner, `${path} > ${inner.title}`);
}
