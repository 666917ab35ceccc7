import fc from 'fast-check';
import { readCorpus } from './corpus.ts';
import { type FuzzCase, fuzzCaseArbitrary, runFuzzCase } from './fuzz-case.ts';

export interface FuzzOptions {
  seed: number;
  /** Cases to run, at most. */
  cases: number;
  /** Stops in good order after this long. */
  seconds?: number;
  /** Told of every case before it runs: a hang can then be named. */
  onCase?(fuzzCase: FuzzCase): void;
}

/** Runs cases of a seed. Throws fast-check's report, with the smallest case that fails and how to run it again. */
export function runFuzz({ seed, cases, seconds, onCase }: FuzzOptions): void {
  const corpus = readCorpus();
  fc.assert(
    fc.property(fuzzCaseArbitrary, (fuzzCase) => {
      onCase?.(fuzzCase);
      runFuzzCase(corpus, fuzzCase);
    }),
    {
      seed,
      numRuns: cases,
      ...(seconds !== undefined && { interruptAfterTimeLimit: seconds * 1000 }),
    },
  );
}
