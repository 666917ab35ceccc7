import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Ignored by git; inside the work tree, so that the bundle's bare imports resolve as the source's do. */
const OUTPUT = new URL('../../dist/pipeline-process.mjs', import.meta.url);
const ENTRY = new URL('../../../apps/worker/src/pipeline-process/main.ts', import.meta.url);

/**
 * Bundles the worker's pipeline process, so that no TypeScript is compiled while the clock runs. Our own packages go
 * into the bundle, those of others stay imports. Gives the bundle's path.
 */
export async function bundlePipelineProcess(): Promise<string> {
  const outfile = fileURLToPath(OUTPUT);
  await build({
    entryPoints: [fileURLToPath(ENTRY)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    sourcemap: true,
    plugins: [
      {
        name: 'others-stay-imports',
        setup(context) {
          context.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
            kind === 'entry-point' || path.startsWith('@sealane/') ? undefined : { path, external: true },
          );
        },
      },
    ],
  });
  return outfile;
}
