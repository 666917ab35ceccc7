import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { pipelineConfigSchema } from '@sealane/contracts/pipeline-config';
import {
  type PipelineCommand,
  type PipelineReport,
  type PipelineRunSpec,
  pipelineReportSchema,
} from '@sealane/contracts/pipeline-run';
import { PIPELINE_NODE_FLAGS } from '@sealane/engine/node-flags';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { BenchServices } from '../services/bench-services.ts';
import type { BenchTableName } from '../services/bench-table.ts';
import type { Contestant } from './contestant.ts';

/**
 * Our pipeline process as the worker starts it, from a bundle. One process from the first release to `close`, paused in
 * between, as the Connect worker's stays: what a warm-up has compiled is there when the clock runs.
 */
export function createSealane(
  services: BenchServices,
  options: { table: BenchTableName; bundle: string; nodeArgs: readonly string[] },
): Contestant {
  const spec = runSpec(services, options.table);
  let running: PipelineProcess | null = null;
  const current = (): PipelineProcess => {
    if (running === null) throw new TypeError('call prepare first');
    return running;
  };
  return {
    name: 'sealane',
    topic: `${spec.config.topicPrefix}.shop.${options.table}`,
    settings: {},
    async prepare() {
      running ??= new PipelineProcess(options.bundle, options.nodeArgs);
      return running.startPaused(spec);
    },
    release: async () => current().send({ kind: 'resume' }),
    halt: async () => current().send({ kind: 'pause' }),
    check: async () => current().check(),
    close: async () => running?.stop(),
  };
}

function runSpec({ mariadb, brokers }: BenchServices, table: BenchTableName): PipelineRunSpec {
  return {
    pipelineId: `bench-${table}`,
    name: `bench-${table}`,
    flavor: 'mariadb',
    source: { host: mariadb.host, port: mariadb.port, ...mariadb.capture, tls: { mode: 'disabled' } },
    cluster: { brokers, tls: { enabled: false } },
    config: pipelineConfigSchema.parse({
      topicPrefix: 'sealane',
      tableIncludeList: [`shop\\.${table}`],
      snapshotMode: 'no_data',
      // As Debezium is set up here.
      includeSchemaChanges: false,
    }),
    serverId: 7101,
    offsetsName: 'bench',
    offsetsTopic: `sealane-bench-${table}-offsets`,
    producer: 'rdkafka',
    // A halt gives the source connection up with the next event, as a stopped connector does.
    pauseHoldMs: 0,
  };
}

/** A child process that speaks the pipeline protocol of `contracts/pipeline-run`. */
class PipelineProcess {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  #started = false;
  #ended: Extract<PipelineReport, { kind: 'ended' }> | null = null;

  constructor(bundle: string, nodeArgs: readonly string[]) {
    this.#child = fork(bundle, {
      execArgv: [...PIPELINE_NODE_FLAGS, ...nodeArgs],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#exited = once(this.#child, 'exit');
    this.#child.on('message', (message) => {
      const report = pipelineReportSchema.parse(message);
      if (report.kind === 'ended') this.#ended = report;
      if (report.kind === 'event' && report.level !== 'info')
        process.stderr.write(`sealane: ${report.message}\n`);
    });
  }

  /** Resolves with the pid when the process has loaded its code and waits for `resume`; again at once. */
  async startPaused(spec: PipelineRunSpec): Promise<number> {
    const { pid } = this.#child;
    if (pid === undefined)
      throw new SealaneError({ code: 'BENCH_FORK_FAILED', message: 'The pipeline process did not start.' });
    if (this.#started) return pid;
    this.#started = true;
    this.send({ kind: 'start', spec, paused: true });
    await Promise.race([once(this.#child, 'message'), this.#exited]);
    this.check();
    return pid;
  }

  send(command: PipelineCommand): void {
    this.#child.send(command);
  }

  /** Ends the process in good order; one that ended by itself has said why through {@link check}. */
  async stop(): Promise<void> {
    if (!this.#child.connected) return;
    this.send({ kind: 'stop' });
    await this.#exited;
    if (this.#ended?.error) throw SealaneError.fromReport(this.#ended.error);
  }

  check(): void {
    if (this.#ended?.error) throw SealaneError.fromReport(this.#ended.error);
    const { exitCode, signalCode } = this.#child;
    if (exitCode === null && signalCode === null) return;
    const why = `exit code ${exitCode}, signal ${signalCode}`;
    throw new SealaneError({
      code: 'BENCH_PIPELINE_ENDED',
      message: 'The pipeline process ended by itself.',
      why,
    });
  }
}
