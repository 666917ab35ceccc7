import type { OperationCounts, PipelineSample, PositionJson } from '@sealane/contracts/live';
import type { RuntimeState } from '@sealane/contracts/pipeline-state';
import type { ProducerStatus } from '@sealane/kafka/producer/record-producer';
import { type TableMeter, tableCounters } from '../change/operation-counts.ts';
import type { Position } from '../change/position.ts';
import type { FlowMeter } from './flow-meter.ts';
import { stageLag } from './stage-lag.ts';

/** What a sample is taken from; everything that does not exist yet is null. */
export interface SampleSources {
  state: RuntimeState;
  flow: FlowMeter;
  meters: readonly TableMeter[];
  producer: ProducerStatus | null;
  source: {
    bytesRead: number;
    pendingBytes: number;
    lastContactAtMs: number | null;
    snapshot: PipelineSample['snapshot'];
  } | null;
  readPosition: Position | null;
  committedPosition: Position | null;
  waitingFor: PipelineSample['waitingFor'];
  errors: number;
}

/** Takes samples and works out what changed since the last one. */
export class Sampler {
  readonly #runId: string;
  #lastAt = performance.now();
  #lastCpu = process.cpuUsage();
  #lastRowsRead = 0;
  #lastRowsAcknowledged = 0;
  #lastBytesAcknowledged = 0;

  constructor(runId: string) {
    this.#runId = runId;
  }

  take(sources: SampleSources): PipelineSample {
    const { flow, producer, source } = sources;
    const memory = process.memoryUsage();
    return {
      at: Date.now(),
      runId: this.#runId,
      state: sources.state,
      rowsRead: flow.rowsRead,
      rowsAcknowledged: flow.rowsAcknowledged,
      bytesRead: source?.bytesRead ?? 0,
      bytesAcknowledged: flow.bytesAcknowledged,
      transactions: flow.transactions,
      operations: sumOperations(sources.meters),
      ...this.#rates(flow),
      lag: this.#lag(sources),
      queueRecords: producer?.queuedRecords ?? 0,
      queueBytes: producer?.queuedBytes ?? 0,
      position: positionJson(sources.readPosition),
      committedPosition: positionJson(sources.committedPosition),
      lastSourceContactAtMs: source?.lastContactAtMs ?? null,
      newestEventAtMs: flow.newestEventAtMs,
      waitingFor: sources.waitingFor ?? kafkaWait(producer),
      rssBytes: memory.rss,
      heapBytes: memory.heapUsed,
      errors: sources.errors,
      tables: sources.meters.map(tableCounters),
      snapshot: source?.snapshot ?? null,
    };
  }

  #rates(
    flow: FlowMeter,
  ): Pick<
    PipelineSample,
    'rowsPerSecondRead' | 'rowsPerSecondAcknowledged' | 'bytesPerSecondAcknowledged' | 'cpuPercent'
  > {
    const at = performance.now();
    const cpu = process.cpuUsage(this.#lastCpu);
    const seconds = Math.max(0.001, (at - this.#lastAt) / 1000);
    const rates = {
      rowsPerSecondRead: (flow.rowsRead - this.#lastRowsRead) / seconds,
      rowsPerSecondAcknowledged: (flow.rowsAcknowledged - this.#lastRowsAcknowledged) / seconds,
      bytesPerSecondAcknowledged: (flow.bytesAcknowledged - this.#lastBytesAcknowledged) / seconds,
      cpuPercent: (cpu.user + cpu.system) / 10_000 / seconds,
    };
    this.#lastAt = at;
    this.#lastCpu = process.cpuUsage();
    this.#lastRowsRead = flow.rowsRead;
    this.#lastRowsAcknowledged = flow.rowsAcknowledged;
    this.#lastBytesAcknowledged = flow.bytesAcknowledged;
    return rates;
  }

  #lag({ flow, source, state }: SampleSources): PipelineSample['lag'] {
    const isReading = state === 'running' || state === 'snapshotting';
    return stageLag({
      completed: flow.takeCompleted(),
      waiting: flow.oldestWaiting,
      caughtUp: isReading && source !== null && source.lastContactAtMs !== null && source.pendingBytes === 0,
      now: performance.timeOrigin + performance.now(),
    });
  }
}

function kafkaWait(producer: ProducerStatus | null): PipelineSample['waitingFor'] {
  if (producer?.wait === null || producer === null) return null;
  const { broker, reason, since } = producer.wait;
  return { stage: 'kafka', message: `Kafka at ${broker} does not answer: ${reason}`, sinceMs: since };
}

function sumOperations(meters: readonly TableMeter[]): OperationCounts {
  const sum: OperationCounts = { create: 0, update: 0, delete: 0, read: 0, tombstone: 0 };
  for (const meter of meters) {
    sum.create += meter.create;
    sum.update += meter.update;
    sum.delete += meter.delete;
    sum.read += meter.read;
    sum.tombstone += meter.tombstone;
  }
  return sum;
}

function positionJson(position: Position | null): PositionJson | null {
  if (position === null || position.file === '') return null;
  return { file: position.file, position: String(position.position), gtid: position.gtidSet };
}
