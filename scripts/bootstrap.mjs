// The one way into the repository on a fresh clone: makes sure that everything a command needs is there,
// then runs the command. Plain JavaScript on Node's own modules, for nothing is installed yet.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { buildNativeCode, buildProduct, generateSources, installDependencies } from './bootstrap/prepare.mjs';
import { checkPrerequisites } from './bootstrap/prerequisites.mjs';

/** What each command needs before it runs, and what runs it. */
const commands = {
  test: { needs: ['compiler', 'java', 'maven', 'chromium', 'debootstrap'], run: ['scripts/test/main.ts'] },
  demo: { needs: ['compiler', 'java', 'maven'], build: true, run: ['scripts/demo/main.ts'] },
  bench: { needs: ['compiler', 'java', 'maven'], run: ['bench/src/main.ts'] },
  differential: { needs: ['compiler', 'java', 'maven', 'debootstrap'], run: ['differential/src/main.ts'] },
  stack: { needs: ['java', 'maven'], quiet: true, run: ['packages/stack/src/cli/main.ts'] },
  start: { needs: ['compiler'], build: true, run: ['scripts/start/main.ts'] },
  build: { needs: ['compiler'], build: true },
};

async function main() {
  const [name, ...args] = process.argv.slice(2);
  const command = commands[name];
  if (!command) throw new Error(`Unknown command ${name ?? ''}. One of: ${Object.keys(commands).join(', ')}`);
  await checkPrerequisites(command.needs);
  await installDependencies();
  if (command.needs.includes('compiler')) await buildNativeCode();
  await generateSources();
  if (command.build) await buildProduct();
  if (command.run) process.exitCode = await runTypeScript(command.run, args);
}

/** Runs the command in the foreground; signals reach it through the process group or are passed on. */
function runTypeScript(entry, args) {
  const child = spawn(process.execPath, ['--import', 'tsx', ...entry, ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal signals the whole foreground group by itself; a second SIGINT would be taken for impatience.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 1)));
  });
}

main().catch((error) => {
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
});
