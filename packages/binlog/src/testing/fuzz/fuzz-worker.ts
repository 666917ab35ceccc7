/** The thread of `main.ts` that runs the cases: a hang must not take the one along that names it. */
import { parentPort, workerData } from 'node:worker_threads';
import { type FuzzWorkerData, SHARED_HEAD_BYTES } from './fuzz-worker-data.ts';
import { runFuzz } from './run-fuzz.ts';

const { seed, seconds, shared } = workerData as FuzzWorkerData;
const counters = new Int32Array(shared, 0, 2);
const json = Buffer.from(shared, SHARED_HEAD_BYTES);

try {
  runFuzz({
    seed,
    seconds,
    cases: Number.MAX_SAFE_INTEGER,
    onCase(fuzzCase) {
      counters[1] = json.write(JSON.stringify(fuzzCase));
      Atomics.add(counters, 0, 1);
    },
  });
  parentPort?.postMessage(null);
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.stack : '';
  parentPort?.postMessage(`${String(error)}\n${cause}`);
}
