import type { TestProject } from 'vitest/node';
import { readStackEnvironment } from '../env.ts';
import { openStackBroker } from './stack-broker.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Socket of the run's stack broker. */
    sealaneStackSocket: string;
  }
}

/** Vitest's global setup: opens the broker for {@link sharedStack}; Vitest calls what it returns after the last test. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const broker = await openStackBroker(readStackEnvironment().testStackFile);
  project.provide('sealaneStackSocket', broker.socketPath);
  return () => broker.close();
}
