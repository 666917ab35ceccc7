import { launchProduct } from '../product/launch-product.ts';
import { readStartEnvironment } from './env.ts';

/** `npm start`: web and worker in production mode against the services that the environment names. */
async function main(): Promise<void> {
  const { port, host, env } = readStartEnvironment();
  const product = await launchProduct({ env, port, host });
  process.stderr.write(`Sealane is up at ${product.url}\n`);
  const stopped = new Promise<string>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal));
  });
  const reason = await Promise.race([stopped, product.web.exited, product.worker.exited]);
  process.stderr.write(`Stopping: ${reason}\n`);
  await product.stop();
  process.exitCode = reason.startsWith('SIG') ? 0 : 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
