import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceName } from '@sealane/stack/service-name';
import type { ServiceOptions } from '@sealane/stack/stack-options';
import { type Stack, startStack } from '@sealane/stack/start-stack';
import { say } from '../bench-options.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** The shell's exit code for a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/**
 * Starts servers on free ports and an empty temporary folder, lets `use` work with them and takes everything away
 * again, also when a signal ends the benchmark.
 */
export async function withStack<const N extends ServiceName>(
  wanted: { services: readonly N[]; options: ServiceOptions },
  use: (stack: Stack<N>) => Promise<void>,
): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sealane-bench-'));
  const interrupted = new AbortController();
  const interrupt = (): void => interrupted.abort();
  for (const signal of SIGNALS) process.once(signal, interrupt);
  try {
    const stack = await startStack<N>({
      ...wanted,
      dataDir,
      signal: interrupted.signal,
      onProgress: ({ service, message, phase }) => {
        if (phase === 'healthy') say(`${service}: ${message}`);
      },
    });
    try {
      await Promise.race([use(stack), aborted(interrupted.signal)]);
    } finally {
      await stack.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
  if (interrupted.signal.aborted) process.exit(INTERRUPTED);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
