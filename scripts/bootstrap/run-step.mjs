import { spawn } from 'node:child_process';

/**
 * Runs one set-up step with a line of progress on stderr: elapsed seconds on a terminal, start and end lines
 * elsewhere. The program's output is kept and shown only when it fails.
 */
export function runStep(title, [program, ...args], options = {}) {
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`;
  const live = process.stderr.isTTY;
  if (!live) process.stderr.write(`${title} …\n`);
  const ticker = live
    ? setInterval(() => process.stderr.write(`\r${title} … ${seconds()} `), 500)
    : undefined;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => finish(error));
    child.on('exit', (code) => {
      if (code === 0) return finish();
      const lines = Buffer.concat(output).toString().trim().split('\n');
      const tail = (lines.length > 60 ? [...lines.slice(0, 20), '…', ...lines.slice(-40)] : lines).join('\n');
      finish(new Error(`${title} failed (${program} ${args.join(' ')}, exit ${code}):\n${tail}`));
    });
    function finish(error) {
      clearInterval(ticker);
      process.stderr.write(`${live ? '\r' : ''}${title}: ${error ? 'failed' : 'done'} in ${seconds()}\n`);
      if (error) reject(error);
      else resolve(Buffer.concat(output).toString());
    }
  });
}
