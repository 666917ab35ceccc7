import { SealaneError } from '@sealane/errors/sealane-error';
import type { BenchServices } from '../services/bench-services.ts';
import type { BenchTableName } from '../services/bench-table.ts';
import { bundlePipelineProcess } from './bundle-pipeline.ts';
import type { Contestant } from './contestant.ts';
import { createDebezium, type DebeziumTuning } from './debezium.ts';
import { createSealane } from './sealane.ts';

/** Who takes part, and with which settings. */
export interface ContestantChoice {
  /** What they stream. */
  table: BenchTableName;
  tuning: DebeziumTuning;
  /** `sealane` or `debezium` alone; absent: both. */
  only: string | undefined;
  /** Connector properties that win over our tuning of it. */
  debezium: Readonly<Record<string, string>>;
  /** Arguments of Node for our pipeline process, e.g. `--cpu-prof`. */
  nodeArgs?: readonly string[];
}

/** Ours first, then the peer. */
export async function chooseContestants(
  services: BenchServices,
  choice: ContestantChoice,
): Promise<Contestant[]> {
  const { table, only, tuning, debezium, nodeArgs } = choice;
  const contestants: Contestant[] = [];
  if (only !== 'debezium') {
    const bundle = await bundlePipelineProcess();
    contestants.push(createSealane(services, { table, bundle, nodeArgs: nodeArgs ?? [] }));
  }
  if (only !== 'sealane') contestants.push(createDebezium(services, { table, tuning, overrides: debezium }));
  if (only === undefined || contestants.length === 1) return contestants;
  const message = `There is no engine ${only}; sealane and debezium are.`;
  throw new SealaneError({ code: 'BENCH_UNKNOWN_ENGINE', message });
}
