/** `npm run fuzz -- --seconds 600 --seed 7`: the long run of the binlog fuzzer, until the time is over or a case fails. */
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { type FuzzWorkerData, SHARED_HEAD_BYTES } from './fuzz-worker-data.ts';

const SHARED_BYTES = 1 << 20;
/** No case may take this long. */
const STALL_MS = 30_000;
const LOOK_MS = 5_000;

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' } },
});
const seconds = Number(values.seconds);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
if (!(seconds > 0) || !Number.isSafeInteger(seed)) throw new TypeError('--seconds and --seed want numbers');

const shared = new SharedArrayBuffer(SHARED_BYTES);
const counters = new Int32Array(shared, 0, 2);
const workerData: FuzzWorkerData = { seed, seconds, shared };
report(`seed ${seed}, ${seconds} s`);
// A thread of Node 20 does not inherit the loader of TypeScript.
const worker = new Worker(
  `import('tsx/esm/api').then(({ register }) => { register(); return import(workerUrl); })`.replace(
    'workerUrl',
    JSON.stringify(new URL('./fuzz-worker.ts', import.meta.url).href),
  ),
  { eval: true, workerData },
);

let seen = -1;
let movedAt = performance.now();
const timer = setInterval(() => {
  const count = Atomics.load(counters, 0);
  if (count !== seen) movedAt = performance.now();
  seen = count;
  if (performance.now() - movedAt > STALL_MS) {
    report(`case ${count} hangs: ${newestCase()}`);
    process.exit(1);
  }
}, LOOK_MS);

worker.once('message', (failure: string | null) => {
  clearInterval(timer);
  report(failure ?? `${Atomics.load(counters, 0)} cases, no finding`);
  process.exitCode = failure === null ? 0 : 1;
});
worker.once('error', (error) => {
  clearInterval(timer);
  report(`${String(error)}\n${newestCase()}`);
  process.exitCode = 1;
});

function report(line: string): void {
  process.stdout.write(`${line}\n`);
}

function newestCase(): string {
  return Buffer.from(shared, SHARED_HEAD_BYTES, counters[1]).toString();
}
