import type { Command } from 'commander';
import { type BenchOptions, benchCommand, positiveInteger, say } from './bench-options.ts';
import { type Bar, round } from './results/bars.ts';
import { describeEnvironment } from './results/environment.ts';
import { formatTable } from './results/format-table.ts';
import { concludeBench } from './results/write-result.ts';
import { runScanBench, type ScanBenchResult } from './scan.ts';
import { withStack } from './services/with-stack.ts';

interface ScanOptions extends BenchOptions {
  records: number;
  valueBytes: number;
  rounds: number;
}

const QUICK_SHARE = 0.05;

/** `bench scan`: the message browser's search by substring, from both ends of a topic. */
export function scanCommand(): Command {
  return benchCommand('scan', "the message browser's search by substring, from both ends of a topic")
    .option('--records <n>', 'records in the topic', positiveInteger, 1_000_000)
    .option('--value-bytes <n>', 'bytes of a value', positiveInteger, 530)
    .option('--rounds <n>', 'searches in each direction, the median counts', positiveInteger, 5)
    .action(run);
}

async function run(options: ScanOptions): Promise<void> {
  const startedAt = new Date().toISOString();
  const environment = await describeEnvironment();
  const { valueBytes, rounds, quick } = options;
  const records = quick ? Math.ceil(options.records * QUICK_SHARE) : options.records;
  await withStack(
    { services: ['kafka'], options: { kafka: { heapMegabytes: 1024 } } },
    async ({ services }) => {
      const { brokers } = services.kafka.address;
      const results = await runScanBench({ brokers, records, valueBytes, rounds, log: say });
      console.log(`${formatScan(results)}\n`);
      const passed = await concludeBench({
        benchmark: 'scan',
        startedAt,
        environment,
        settings: { records, valueBytes, rounds },
        bars: results.flatMap(scanBars),
        figures: { results },
      });
      if (options.assert && !passed) process.exitCode = 1;
    },
  );
}

function formatScan(results: readonly ScanBenchResult[]): string {
  const rows = results.map((result) => [
    `${result.direction} first`,
    round(result.messagesPerSecond),
    round(result.firstHitMs),
    round(result.cpuSecondsPerMillion),
    round(result.peakRssMb),
  ]);
  return formatTable(['search', 'messages/s', 'first hit ms', 'CPU s per 1M', 'peak RSS MB'], rows);
}

function scanBars({ direction, messagesPerSecond, firstHitMs }: ScanBenchResult): Bar[] {
  const title = `search, ${direction} first`;
  return [
    { title, value: messagesPerSecond, limit: 450_000, bound: 'least', unit: 'messages/s' },
    { title: `${title}: first hit`, value: firstHitMs, limit: 300, bound: 'most', unit: 'ms' },
  ];
}
