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

/** The parts of Vitest's JSON report that are read. */
export interface VitestReport {
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { fullName: string; status: string }[];
  }[];
}

/** Counts a Vitest report. A file that failed without a failed test (it did not load, a hook threw) counts as one failure. */
export function tallyVitest(report: VitestReport): Tally {
  const tally = emptyTally();
  for (const file of report.testResults) {
    const failedBefore = tally.failed;
    for (const test of file.assertionResults) {
      if (test.status === 'passed') tally.passed += 1;
      else if (test.status === 'failed') {
        tally.failed += 1;
        tally.failures.push(`${file.name}: ${test.fullName}`);
      } else {
        tally.skipped += 1;
        tally.skips.push(`${file.name}: ${test.fullName}`);
      }
    }
    if (file.status === 'failed' && tally.failed === failedBefore) {
      tally.failed += 1;
      tally.failures.push(`${file.name}: ${file.message.split('\n')[0] ?? 'did not run'}`);
    }
  }
  return tally;
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
    tests: { status: string; annotations: { type: string; description?: string }[] }[];
  }[];
}

/** Counts a Playwright report; a flaky test (passed on retry) counts as passed. */
export function tallyPlaywright(report: PlaywrightReport): Tally {
  const tally = emptyTally();
  for (const suite of report.suites ?? []) addSuite(tally, suite, suite.title);
  for (const error of report.errors ?? []) {
    tally.failed += 1;
    tally.failures.push(`browser: ${error.message?.split('\n')[0] ?? 'unknown error'}`);
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
        tally.failures.push(`${path}: ${spec.title}`);
      } else tally.passed += 1;
    }
  }
  for (const inner of suite.suites ?? []) addSuite(tally, inner, `${path} > ${inner.title}`);
}
