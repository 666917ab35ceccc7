import type { Command } from 'commander';
import { type ComparisonOptions, comparisonCommand, positiveInteger, say } from '../bench-options.ts';
import { chooseContestants } from '../contestants/choose-contestants.ts';
import { describeEnvironment } from '../results/environment.ts';
import { concludeBench } from '../results/write-result.ts';
import { withServices } from '../services/with-services.ts';
import { formatLatency, latencyBars, summarizeLatency } from './latency-report.ts';
import { type LatencyLoad, runLatencyBench } from './run-latency-bench.ts';

interface LatencyOptions extends ComparisonOptions {
  rate: number;
  seconds: number;
  warmUp: number;
}

/** `bench latency`: from the return of a commit to the consumer, at a steady rate, ours beside Debezium's. */
export function latencyCommand(): Command {
  return comparisonCommand('latency', 'commit to consumer at a steady rate, beside Debezium')
    .option('--rate <n>', 'commits per second', positiveInteger, 200)
    .option('--seconds <n>', 'length of a measurement', positiveInteger, 30)
    .option('--warm-up <n>', 'seconds of commits before each measurement', positiveInteger, 15)
    .action(run);
}

async function run(options: LatencyOptions): Promise<void> {
  const startedAt = new Date().toISOString();
  const environment = await describeEnvironment();
  await withServices(async (services) => {
    const { only, debezium, nodeArg: nodeArgs } = options;
    const choice = { table: 'orders', tuning: 'latency', only, debezium, nodeArgs } as const;
    const contestants = await chooseContestants(services, choice);
    const load = loadOf(options);
    const passes = await runLatencyBench({ services, contestants, load, say });
    const comparison = summarizeLatency(passes);
    console.log(`${formatLatency(comparison)}\n`);
    const passed = await concludeBench({
      benchmark: 'latency',
      startedAt,
      environment,
      settings: { load, ...Object.fromEntries(contestants.map(({ name, settings }) => [name, settings])) },
      bars: latencyBars(comparison),
      figures: { comparison, passes },
    });
    if (options.assert && !passed) process.exitCode = 1;
  });
}

function loadOf({ quick, rate, seconds, warmUp, repetitions }: LatencyOptions): LatencyLoad {
  if (quick) return { commitsPerSecond: rate, seconds: 5, warmUpSeconds: 3, repetitions: 1 };
  return { commitsPerSecond: rate, seconds, warmUpSeconds: warmUp, repetitions };
}
