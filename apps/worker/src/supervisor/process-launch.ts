import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { PIPELINE_NODE_FLAGS } from '@sealane/engine/node-flags';
import type { ProcessLaunch } from './pipeline-process.ts';

/**
 * How to start pipeline processes from where this worker itself runs: the bundle beside it in production, the
 * TypeScript source through tsx in development.
 *
 * @param from `import.meta.url` of the worker's entry
 */
export function processLaunch(
  from: string,
  options: { heapMb: number; env: Readonly<Record<string, string>> },
): ProcessLaunch {
  const flags = [`--max-old-space-size=${options.heapMb}`, ...PIPELINE_NODE_FLAGS];
  if (!from.endsWith('.ts')) {
    return {
      entry: fileURLToPath(new URL('./pipeline-process.js', from)),
      execArgv: ['--enable-source-maps', ...flags],
      env: options.env,
    };
  }
  const loader = createRequire(from).resolve('tsx');
  return {
    entry: fileURLToPath(new URL('./pipeline-process/main.ts', from)),
    execArgv: ['--import', pathToFileURL(loader).href, ...flags],
    env: options.env,
  };
}
