/** Arithmetic of the history: live samples of one pipeline to buckets of fixed width. */
import type { OperationCounts, PipelineSample, SampleBucket } from '@sealane/contracts/live';

/** The part of a sample that history is made of. */
export type RollupSample = Pick<
  PipelineSample,
  | 'at'
  | 'runId'
  | 'rowsAcknowledged'
  | 'bytesAcknowledged'
  | 'rowsPerSecondAcknowledged'
  | 'bytesPerSecondAcknowledged'
  | 'operations'
  | 'lag'
  | 'rssBytes'
  | 'cpuPercent'
>;

export interface BucketRange {
  /** Width of a bucket in seconds. */
  seconds: number;
  /** Epoch milliseconds; buckets that begin at or after it … */
  from: number;
  /** … and end at or before it. */
  to: number;
}

interface Growth {
  rows: number;
  bytes: number;
  operations: OperationCounts;
}

const NO_OPERATIONS: OperationCounts = { create: 0, update: 0, delete: 0, read: 0, tombstone: 0 };

function plus(a: OperationCounts, b: OperationCounts, sign: 1 | -1 = 1): OperationCounts {
  return {
    create: a.create + sign * b.create,
    update: a.update + sign * b.update,
    delete: a.delete + sign * b.delete,
    read: a.read + sign * b.read,
    tombstone: a.tombstone + sign * b.tombstone,
  };
}

/**
 * What was acknowledged between two samples. Counters start at zero with each run. A sample without a known
 * predecessor (the history was cut off there) counts for its own second only, never for the run's whole past.
 */
function growth(sample: RollupSample, before: RollupSample | undefined): Growth {
  if (before === undefined) {
    return {
      rows: Math.min(sample.rowsAcknowledged, Math.round(sample.rowsPerSecondAcknowledged)),
      bytes: Math.min(sample.bytesAcknowledged, Math.round(sample.bytesPerSecondAcknowledged)),
      operations: NO_OPERATIONS,
    };
  }
  const sameRun = before.runId === sample.runId;
  return {
    rows: sample.rowsAcknowledged - (sameRun ? before.rowsAcknowledged : 0),
    bytes: sample.bytesAcknowledged - (sameRun ? before.bytesAcknowledged : 0),
    operations: sameRun ? plus(sample.operations, before.operations, -1) : sample.operations,
  };
}

function average(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function greatest(values: readonly (number | null)[]): number | null {
  return values.reduce(
    (top, value) => (value === null || (top !== null && top >= value) ? top : value),
    null,
  );
}

function bucketOf(
  range: { at: number; seconds: number },
  entries: readonly { sample: RollupSample; grown: Growth }[],
): SampleBucket {
  const samples = entries.map((entry) => entry.sample);
  const lags = samples.map((sample) => sample.lag);
  return {
    at: range.at,
    seconds: range.seconds,
    rowsAcknowledged: entries.reduce((sum, entry) => sum + entry.grown.rows, 0),
    bytesAcknowledged: entries.reduce((sum, entry) => sum + entry.grown.bytes, 0),
    operations: entries.reduce((sum, entry) => plus(sum, entry.grown.operations), NO_OPERATIONS),
    commitToReadMs: average(lags.map((lag) => lag.commitToReadMs)),
    readToQueueMs: average(lags.map((lag) => lag.readToQueueMs)),
    queueToAckMs: average(lags.map((lag) => lag.queueToAckMs)),
    totalMsAvg: average(lags.map((lag) => lag.totalMs)),
    totalMsMax: greatest(lags.map((lag) => lag.totalMs)),
    commitPrecisionMs: greatest(lags.map((lag) => lag.commitPrecisionMs)),
    rssBytesMax: Math.max(...samples.map((sample) => sample.rssBytes)),
    cpuPercentAvg: average(samples.map((sample) => sample.cpuPercent)) ?? 0,
  };
}

/**
 * The buckets that lie whole in the range and have at least one sample, oldest first. The same samples give
 * the same buckets whoever calculates them and how often: writing them again changes nothing.
 *
 * @param samples in order of time, ideally beginning one sample before the range
 */
export function sampleBuckets(samples: readonly RollupSample[], range: BucketRange): SampleBucket[] {
  const width = range.seconds * 1000;
  const buckets = new Map<number, { sample: RollupSample; grown: Growth }[]>();
  for (const [index, sample] of samples.entries()) {
    const at = Math.floor(sample.at / width) * width;
    if (at < range.from || at + width > range.to) continue;
    const entries = buckets.get(at) ?? [];
    entries.push({ sample, grown: growth(sample, samples[index - 1]) });
    buckets.set(at, entries);
  }
  return [...buckets.entries()]
    .sort(([a], [b]) => a - b)
    .map(([at, entries]) => bucketOf({ at, seconds: range.seconds }, entries));
}
