import { type Command, Option } from 'commander';
import { type ComparisonOptions, comparisonCommand, positiveInteger, say } from '../bench-options.ts';
import { type ContestantChoice, chooseContestants } from '../contestants/choose-contestants.ts';
import type { Contestant } from '../contestants/contestant.ts';
import { describeEnvironment } from '../results/environment.ts';
import { concludeBench } from '../results/write-result.ts';
import type { BenchServices } from '../services/bench-services.ts';
import {
  type BenchTable,
  type BenchTableName,
  type LoadShape,
  TABLE_OF_SHAPE,
} from '../services/bench-table.ts';
import { openOrdersTable } from '../services/orders-table.ts';
import { openWideTable } from '../services/wide-table.ts';
import { withServices } from '../services/with-services.ts';
import { runStreamBench, type StreamLoad, type StreamLoadResult } from './run-stream-bench.ts';
import { formatStream, streamBars, summarizeStream } from './stream-report.ts';

interface StreamOptions extends ComparisonOptions {
  rows: number;
  singles: number;
  wide: number;
  warmUp: number;
  shape?: LoadShape;
}

const SHOWN_DIFFERENCES = 20;

const OPEN_TABLE: Readonly<
  Record<BenchTableName, (server: BenchServices['mariadb']) => Promise<BenchTable>>
> = { orders: openOrdersTable, wide: openWideTable };

/** `bench stream`: catch-up from a stored binlog position to an acknowledged topic, ours beside Debezium's. */
export function streamCommand(): Command {
  return comparisonCommand(
    'stream',
    'catch-up from a stored position, rows/s, CPU and memory, beside Debezium',
  )
    .option('--rows <n>', 'rows in transactions of 100,000', positiveInteger, 1_000_000)
    .option('--singles <n>', 'rows in transactions of one', positiveInteger, 300_000)
    .option('--wide <n>', 'thousands of changes in the 60-column table', positiveInteger, 200)
    .option(
      '--warm-up <n>',
      'rows streamed before the first measurement, at most those of one',
      positiveInteger,
      1_000_000,
    )
    .addOption(new Option('--shape <shape>', 'one kind of load alone').choices(Object.keys(TABLE_OF_SHAPE)))
    .action(run);
}

async function run(options: StreamOptions): Promise<void> {
  const startedAt = new Date().toISOString();
  const environment = await describeEnvironment();
  await withServices(async (services) => {
    const settings: Record<string, Contestant['settings']> = {};
    const results: StreamLoadResult[] = [];
    for (const table of ['orders', 'wide'] as const) {
      const loads = loadsOf(options).filter(({ shape }) => TABLE_OF_SHAPE[shape] === table);
      if (loads.length === 0) continue;
      const contestants = await chooseContestants(services, choiceOf(options, table));
      for (const contestant of contestants) settings[contestant.name] = contestant.settings;
      const openTable = OPEN_TABLE[table];
      results.push(...(await runStreamBench({ services, openTable, contestants, loads, say })));
    }
    const summaries = results.map(summarizeStream);
    for (const summary of summaries) console.log(`${formatStream(summary)}\n`);
    const agree = reportDifferences(results);
    const passed = await concludeBench({
      benchmark: 'stream',
      startedAt,
      environment,
      settings,
      bars: summaries.flatMap(streamBars),
      figures: { summaries, results },
    });
    if (options.assert && !(passed && agree)) process.exitCode = 1;
  });
}

function choiceOf({ only, debezium, nodeArg }: StreamOptions, table: BenchTableName): ContestantChoice {
  return { table, tuning: 'throughput', only, debezium, nodeArgs: nodeArg };
}

function loadsOf(options: StreamOptions): StreamLoad[] {
  const scale = options.quick ? 0.05 : 1;
  const repetitions = options.quick ? 1 : options.repetitions;
  const load = (shape: StreamLoad['shape'], rows: number): StreamLoad => ({
    shape,
    rows: rows * scale,
    warmUpRows: Math.min(rows, options.warmUp) * scale,
    repetitions,
  });
  const loads = [
    load('large', options.rows),
    load('single', options.singles),
    load('wide', options.wide * 1_000),
  ];
  return loads.filter(({ shape }) => options.shape === undefined || options.shape === shape);
}

/** Says loudly where the engines disagree; true when they do not. */
function reportDifferences(results: readonly StreamLoadResult[]): boolean {
  const differences = results.flatMap((result) => result.differences);
  const compared = results.reduce((sum, result) => sum + result.compared, 0);
  console.log(
    `${compared} records compared with Debezium's, member by member: ${differences.length} differences`,
  );
  for (const { path, left, right } of differences.slice(0, SHOWN_DIFFERENCES)) {
    console.log(`  DIFFERENT ${path}: sealane ${left}, debezium ${right}`);
  }
  return differences.length === 0;
}
