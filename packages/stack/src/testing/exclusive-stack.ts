import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceName } from '../service-name.ts';
import type { ServiceOptions } from '../stack-options.ts';
import { type Stack, startStack } from '../start-stack.ts';

/**
 * A stack of a test's own, for tests that stop, kill or reconfigure services. `stop` also removes its data; the test
 * must call it in a hook that always runs.
 */
export async function exclusiveStack<const N extends ServiceName>(
  services: readonly N[],
  options?: ServiceOptions,
): Promise<Stack<N>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sealane-exclusive-'));
  const remove = () => rm(dataDir, { recursive: true, force: true });
  try {
    const stack = await startStack({ services, dataDir, ...(options ? { options } : {}) });
    return { ...stack, stop: () => stack.stop().then(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}
