/** Entry of a pipeline process, started by the supervisor with an IPC channel. */
import { createSourcePipeline } from '@sealane/engine/create-source-pipeline';
import { createLeaseWatch } from './lease-watch.ts';
import { DEFAULT_PROCESS_LIMITS, runProcess, type SupervisorChannel } from './run-process.ts';

if (process.send === undefined) {
  process.stderr.write('This is a part of the Sealane worker: start dist/main.js instead.\n');
  process.exit(64);
}

const channel: SupervisorChannel = {
  send: (report) =>
    new Promise((resolve, reject) => {
      if (process.send === undefined || !process.connected) {
        reject(new Error('the supervisor is gone'));
        return;
      }
      process.send(report, undefined, undefined, (error) => (error === null ? resolve() : reject(error)));
    }),
  onCommand: (handle) => process.on('message', handle),
  onGone: (handle) => process.on('disconnect', handle),
};

const running = runProcess({
  channel,
  createPipeline: createSourcePipeline,
  lease: createLeaseWatch({ monotonic: () => performance.now(), wall: () => Date.now() }),
  exit: (code, reason) => {
    if (code !== 0) process.stderr.write(`${reason}\n`);
    process.exit(code);
  },
  limits: DEFAULT_PROCESS_LIMITS,
});

process.on('SIGTERM', () => running.stop());
// Ctrl-C reaches the whole process group: the worker decides how its processes stop.
process.on('SIGINT', () => undefined);
