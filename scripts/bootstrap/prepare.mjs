import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runStep } from './run-step.mjs';

const stampFile = join('node_modules', '.sealane-installed');

/**
 * Installs what the lock file names when it or Node's ABI changed since the last time; otherwise nothing.
 * `npm install --no-save`, for `npm ci` refuses a lock file that lacks other platforms' optional binaries, and a registry
 * mirror that has not got them all leaves them out.
 */
export async function installDependencies() {
  const wanted = createHash('sha256')
    .update(readFileSync('package-lock.json'))
    .update(process.versions.modules)
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
  await runStep(
    'Installing npm packages and compiling the Kafka client (a few minutes the first time)',
    [npm(), 'install', '--no-save', '--no-audit', '--no-fund'],
    { env: withHeaders() },
  );
  writeFileSync(stampFile, wanted);
}

/** Compiles our native code (a few seconds each) when it, the installed packages or Node's ABI changed. */
export async function buildNativeCode() {
  await buildNative('Compiling the row writer', 'binlog');
  await buildNative('Compiling the batch producer', 'kafka');
}

async function buildNative(title, name) {
  const folder = join('packages', name, 'native');
  const hash = createHash('sha256').update(readFileSync(stampFile));
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isFile()) hash.update(readFileSync(join(folder, entry.name)));
  }
  const wanted = hash.digest('hex');
  const builtStamp = join(folder, 'build', '.sealane-built');
  if (existsSync(builtStamp) && readFileSync(builtStamp, 'utf8') === wanted) return;
  const command = [npm(), 'run', 'build:native', '--workspace', `@sealane/${name}`, '--silent'];
  await runStep(title, command, { env: withHeaders() });
  writeFileSync(builtStamp, wanted);
}

/** Sources made from the database schema; turbo skips it when the schema is unchanged. */
export async function generateSources() {
  if (existsSync('packages/db/src/generated') && !changedSince('prisma/schema.prisma', 'generated')) return;
  await turbo('Generating the database client', ['run', 'generate', '--output-logs=errors-only']);
  stamp('prisma/schema.prisma', 'generated');
}

/** Production builds of console and worker; turbo's cache makes an unchanged one instant. */
export async function buildProduct() {
  await turbo('Building console and worker', ['run', 'build', '--output-logs=errors-only']);
}

function turbo(title, args) {
  return runStep(
    title,
    [process.execPath, join('node_modules', 'turbo', 'bin', 'turbo'), ...args, '--no-update-notifier'],
    {
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', NEXT_TELEMETRY_DISABLED: '1' },
    },
  );
}

/** Native code is compiled against the headers that came with this Node, where they did; node-gyp would download them. */
function withHeaders() {
  const folder = dirname(dirname(realpathSync(process.execPath)));
  const isThere = existsSync(join(folder, 'include', 'node', 'node_api.h'));
  return isThere ? { npm_config_nodedir: folder, ...process.env } : process.env;
}

function npm() {
  return process.platform === 'win32' ? 'npm.cmd' : 'npm';
}

function changedSince(file, name) {
  const stampPath = join('node_modules', `.sealane-${name}`);
  return !existsSync(stampPath) || readFileSync(stampPath, 'utf8') !== hashOf(file);
}

function stamp(file, name) {
  mkdirSync('node_modules', { recursive: true });
  writeFileSync(join('node_modules', `.sealane-${name}`), hashOf(file));
}

function hashOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
