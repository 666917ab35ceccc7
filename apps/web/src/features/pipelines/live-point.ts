import type { OperationCounts, PipelineSample, SampleBucket } from '@sealane/contracts/live';

/** One point of the charts: averages and rates over a stretch of time. `null` is unknown. */
export interface LivePoint {
  /** Start of the stretch, epoch milliseconds. */
  at: number;
  runId: string | null;
  commitToReadMs: number | null;
  readToQueueMs: number | null;
  queueToAckMs: number | null;
  totalMs: number | null;
  /** By how much what counts from the commit may be more than told; null where it was not kept. */
  precisionMs: number | null;
  /** Records per second by operation. */
  create: number;
  update: number;
  delete: number;
  read: number;
  rowsPerSecond: number;
  bytesPerSecond: number;
}

const operations = ['create', 'update', 'delete', 'read'] as const;

/** A point of history. */
export function pointFromBucket(bucket: SampleBucket): LivePoint {
  const per = (count: number) => count / bucket.seconds;
  return {
    at: bucket.at,
    runId: null,
    commitToReadMs: bucket.commitToReadMs,
    readToQueueMs: bucket.readToQueueMs,
    queueToAckMs: bucket.queueToAckMs,
    totalMs: bucket.totalMsAvg,
    precisionMs: bucket.commitPrecisionMs,
    create: per(bucket.operations.create),
    update: per(bucket.operations.update),
    delete: per(bucket.operations.delete),
    read: per(bucket.operations.read),
    rowsPerSecond: per(bucket.rowsAcknowledged),
    bytesPerSecond: per(bucket.bytesAcknowledged),
  };
}

function rates(
  now: OperationCounts,
  before: OperationCounts,
  seconds: number,
): Pick<LivePoint, (typeof operations)[number]> {
  const rate = (name: (typeof operations)[number]) => Math.max(0, now[name] - before[name]) / seconds;
  return { create: rate('create'), update: rate('update'), delete: rate('delete'), read: rate('read') };
}

/** A point from two samples of one run; null for the first sample of a run, which has no rate yet. */
export function pointFromSamples(sample: PipelineSample, before: PipelineSample | null): LivePoint | null {
  if (before === null || before.runId !== sample.runId || sample.at <= before.at) return null;
  const seconds = (sample.at - before.at) / 1000;
  return {
    at: sample.at,
    runId: sample.runId,
    commitToReadMs: sample.lag.commitToReadMs,
    readToQueueMs: sample.lag.readToQueueMs,
    queueToAckMs: sample.lag.queueToAckMs,
    totalMs: sample.lag.totalMs,
    precisionMs: sample.lag.commitPrecisionMs,
    ...rates(sample.operations, before.operations, seconds),
    rowsPerSecond: Math.max(0, sample.rowsAcknowledged - before.rowsAcknowledged) / seconds,
    bytesPerSecond: Math.max(0, sample.bytesAcknowledged - before.bytesAcknowledged) / seconds,
  };
}

type Numeric = Exclude<keyof LivePoint, 'at' | 'runId' | 'precisionMs'>;
const numeric: readonly Numeric[] = [
  'commitToReadMs',
  'readToQueueMs',
  'queueToAckMs',
  'totalMs',
  'create',
  'update',
  'delete',
  'read',
  'rowsPerSecond',
  'bytesPerSecond',
];

function average(points: readonly LivePoint[], at: number): LivePoint {
  const first = points[0];
  const known = points.flatMap(({ precisionMs }) => precisionMs ?? []);
  const precisionMs = known.length === 0 ? null : Math.max(...known);
  const merged: LivePoint = { ...(first as LivePoint), at, precisionMs };
  for (const name of numeric) {
    let sum = 0;
    let known = 0;
    for (const point of points) {
      const value = point[name];
      if (value === null) continue;
      sum += value;
      known += 1;
    }
    Object.assign(merged, { [name]: known === 0 ? null : sum / known });
  }
  return merged;
}

/** Joins history and live points into one series of stretches `seconds` wide, oldest first, from `from` on. */
export function mergePoints(options: {
  history: readonly LivePoint[];
  live: readonly LivePoint[];
  seconds: number;
  from: number;
}): LivePoint[] {
  const width = options.seconds * 1000;
  const history = options.history.filter((point) => point.at >= options.from);
  const lastHistory = history.at(-1);
  const cutoff = lastHistory === undefined ? options.from : lastHistory.at + width;
  const merged = [...history];
  let group: LivePoint[] = [];
  let slot = -1;
  const flush = () => {
    if (group.length > 0) merged.push(average(group, slot * width));
    group = [];
  };
  for (const point of options.live) {
    if (point.at < cutoff) continue;
    const own = Math.floor(point.at / width);
    if (own !== slot) flush();
    slot = own;
    group.push(point);
  }
  flush();
  return merged;
}
