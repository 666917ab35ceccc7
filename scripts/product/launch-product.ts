import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SealaneError } from '@sealane/errors/sealane-error';
import { type ProductProcess, startProductProcess } from './product-process.ts';

export interface Product {
  /** Where the console answers, without a slash at the end. */
  url: string;
  web: ProductProcess;
  worker: ProductProcess;
  /** Worker first, so that pipelines drain while the console still shows it. */
  stop(): Promise<void>;
}

export interface LaunchOptions {
  /** The environment contract; inherited by both processes beside the caller's own variables. */
  env: NodeJS.ProcessEnv;
  port: number;
  /** Address to listen on; loopback unless told otherwise. */
  host?: string | undefined;
  /** Folder of the log files; absent: both write to our own output. */
  logFolder?: string;
  /** How long the console may take to answer healthy. */
  timeoutMs?: number;
}

const root = resolve(import.meta.dirname, '../..');

/** Starts web and worker in production mode (built before) and waits until `/api/health` says that all is well. */
export async function launchProduct(options: LaunchOptions): Promise<Product> {
  const env = { ...options.env, PORT: String(options.port), NODE_ENV: 'production' as const };
  const web = startProductProcess({
    name: 'web',
    args: [
      join(root, 'node_modules/next/dist/bin/next'),
      'start',
      '--hostname',
      options.host ?? '127.0.0.1',
      '--port',
      env.PORT,
    ],
    cwd: join(root, 'apps/web'),
    env,
    logFile: options.logFolder && join(options.logFolder, 'web.log'),
  });
  // The console applies the database migrations; the worker waits for them by itself.
  const worker = startProductProcess({
    name: 'worker',
    args: ['--enable-source-maps', join(root, 'apps/worker/dist/main.js')],
    cwd: join(root, 'apps/worker'),
    env,
    logFile: options.logFolder && join(options.logFolder, 'worker.log'),
  });
  const product: Product = {
    url: `http://127.0.0.1:${options.port}`,
    web,
    worker,
    async stop() {
      await worker.stop();
      await web.stop();
    },
  };
  try {
    await untilHealthy(product, options);
  } catch (error) {
    await product.stop();
    throw error;
  }
  return product;
}

async function untilHealthy(product: Product, options: LaunchOptions): Promise<void> {
  const deadline = Date.now() + (options.timeoutMs ?? 60_000);
  let ended: string | null = null;
  void product.web.exited.then((how) => (ended = how));
  void product.worker.exited.then((how) => (ended = how));
  let last = 'no answer yet';
  while (Date.now() < deadline && ended === null) {
    last = await health(product.url);
    if (last === 'ok') return;
    await sleep(200);
  }
  throw new SealaneError({
    code: 'PRODUCT_NOT_HEALTHY',
    message: 'The console did not become healthy.',
    why: ended ?? last,
    remedy: options.logFolder
      ? `Look into web.log and worker.log in ${options.logFolder}.`
      : 'Look at the output above.',
  });
}

/** `ok`, or why not. */
async function health(url: string): Promise<string> {
  try {
    const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5_000) });
    return response.ok ? 'ok' : `HTTP ${response.status}: ${(await response.text()).slice(0, 500)}`;
  } catch (error) {
    return error instanceof Error
      ? `${error.message}${error.cause instanceof Error ? `: ${error.cause.message}` : ''}`
      : String(error);
  }
}
