// Bundles the worker and the pipeline process: `node build.mjs [folder]`, by default into dist.
// Our TypeScript packages go in, npm packages stay outside.
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

const npmPackagesOutside = {
  name: 'npm-packages-outside',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@sealane/') ? null : { path, external: true },
    );
  },
};

const outdir = process.argv[2] ?? at('dist');

await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: { main: at('src/main.ts'), 'pipeline-process': at('src/pipeline-process/main.ts') },
  outdir,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  logLevel: 'warning',
  plugins: [npmPackagesOutside],
});
