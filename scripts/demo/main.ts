import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toSealaneError } from '@sealane/errors/sealane-error';
import { Command } from 'commander';
import { runCheck } from './check.ts';
import { startTraffic } from './shop-traffic.ts';
import { openSignInLink } from './sign-in-link.ts';
import { startShop } from './start-shop.ts';

interface DemoOptions {
  check?: true;
  rate: string;
  keep?: true;
}

/** `npm run demo`: a shop under live traffic, streaming into Kafka, and the console to watch it with. */
async function main(): Promise<void> {
  const options = new Command('npm run demo --')
    .option('--check', 'run headless: verify every row end to end, print a summary, exit 0 or 1')
    .option('--rate <transactions>', 'transactions per second of the live traffic', '150')
    .option('--keep', 'keep the data folder with logs after the end')
    .parse()
    .opts<DemoOptions>();
  const folder = mkdtempSync(join(tmpdir(), 'sealane-demo-'));
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => interrupted.abort());
  const shop = await startShop({ folder, signal: interrupted.signal, report: say });
  try {
    const traffic = startTraffic({ connection: shop.database, perSecond: Number(options.rate) });
    if (options.check) process.exitCode = await runCheck({ shop, traffic, report: say });
    else await showConsole(shop, interrupted.signal);
    await traffic.stop();
  } finally {
    say('Stopping …');
    await shop.stop();
    if (!options.keep && process.exitCode !== 1) rmSync(folder, { recursive: true, force: true });
    else say(`Data and logs are kept in ${folder}`);
  }
}

async function showConsole(shop: Awaited<ReturnType<typeof startShop>>, signal: AbortSignal): Promise<void> {
  const link = await openSignInLink({
    consoleUrl: shop.product.url,
    email: shop.environment.SEALANE_ADMIN_EMAIL,
    password: shop.environment.SEALANE_ADMIN_PASSWORD,
    target: `/pipelines/${shop.pipelineId}`,
  });
  process.stdout.write(
    [
      '',
      `  Console, signed in   ${link.url}`,
      `  Console              ${shop.product.url}`,
      `  Sign in by hand      ${shop.environment.SEALANE_ADMIN_EMAIL}  ${shop.environment.SEALANE_ADMIN_PASSWORD}`,
      `  REST API token       ${shop.environment.SEALANE_API_TOKEN}`,
      `  MariaDB              ${shop.addresses.mariadb}`,
      `  Kafka                ${shop.addresses.kafka}`,
      '',
      '  The shop goes on trading until Ctrl-C.',
      '',
    ].join('\n'),
  );
  await Promise.race([
    new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })),
    shop.product.web.exited.then(say),
    shop.product.worker.exited.then(say),
  ]);
  await link.close();
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

main().catch((thrown: unknown) => {
  const error = toSealaneError(thrown);
  say(
    [`${error.message} [${error.code}]`, error.why, error.remedy].filter((part) => part !== null).join('\n'),
  );
  if (error.code === 'INTERNAL_ERROR' && error.cause instanceof Error) say(error.cause.stack ?? '');
  process.exitCode = 1;
});
