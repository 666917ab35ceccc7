import { createTopics } from '@sealane/kafka/admin/create-topics';
import { deleteTopics } from '@sealane/kafka/admin/delete-topics';
import { createRecordProducer } from '@sealane/kafka/producer/create-record-producer';
import { QUEUE_FULL, type RecordProducer } from '@sealane/kafka/producer/record-producer';
import { scanMessages } from '@sealane/kafka/scan/scan-messages';
import { type KafkaSession, openKafkaSession } from '@sealane/kafka/session/kafka-session';

/** What the scan benchmark runs on. */
export interface ScanBenchOptions {
  readonly brokers: readonly string[];
  /** Default 1,000,000. */
  readonly records?: number | undefined;
  /** Bytes of a record's value; default 530. */
  readonly valueBytes?: number | undefined;
  /** Default 1. */
  readonly partitions?: number | undefined;
  /** Searches per direction after one to warm up; the median counts. Default 3. */
  readonly rounds?: number | undefined;
  readonly log?: ((line: string) => void) | undefined;
}

/** One direction's outcome. */
export interface ScanBenchResult {
  readonly direction: 'oldest' | 'newest';
  readonly records: number;
  readonly messagesPerSecond: number;
  /** Milliseconds from the request to the first match, while the search still ran. */
  readonly firstHitMs: number;
  readonly totalMs: number;
  readonly matches: number;
  readonly cpuSecondsPerMillion: number;
  readonly peakRssMb: number;
}

const NEEDLE = 'needle-7f3a9c';

/** Writes the records to a topic of its own, searches it for a rare text from both ends, and deletes it. */
export async function runScanBench(options: ScanBenchOptions): Promise<readonly ScanBenchResult[]> {
  const { records = 1_000_000, partitions = 1, rounds = 3, log = () => undefined } = options;
  const session = await openKafkaSession({ brokers: options.brokers });
  const topic = `sealane-bench-scan-${Date.now()}`;
  try {
    await createTopics(session, [{ topic, partitions, replicationFactor: 1 }]);
    await fill(topic, { ...options, records, partitions });
    const results: ScanBenchResult[] = [];
    for (const direction of ['oldest', 'newest'] as const) {
      await search(session, topic, direction);
      const measured: ScanBenchResult[] = [];
      for (let round = 0; round < rounds; round++) measured.push(await search(session, topic, direction));
      const result = median(measured);
      results.push(result);
      log(
        `scan ${direction}-first: ${result.messagesPerSecond.toLocaleString('en')} messages/s, first hit ${result.firstHitMs.toFixed(0)} ms, ` +
          `${result.matches} matches in ${result.records.toLocaleString('en')} records, ${result.totalMs.toFixed(0)} ms`,
      );
    }
    return results;
  } finally {
    await deleteTopics(session, [topic]);
    await session.close();
  }
}

async function search(
  session: KafkaSession,
  topic: string,
  direction: 'oldest' | 'newest',
): Promise<ScanBenchResult> {
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  let firstHitMs = Number.NaN;
  let matches = 0;
  let scanned = 0;
  let peakRss = 0;
  for await (const event of scanMessages({ session, topic, direction, text: NEEDLE, limit: 1_000 })) {
    peakRss = Math.max(peakRss, process.memoryUsage.rss());
    if (event.tag === 'messages') {
      if (matches === 0) firstHitMs = performance.now() - startedAt;
      matches += event.messages.length;
    } else {
      scanned = event.progress.scanned;
    }
  }
  const totalMs = performance.now() - startedAt;
  const used = process.cpuUsage(cpu);
  return {
    direction,
    records: scanned,
    messagesPerSecond: Math.round((scanned / totalMs) * 1_000),
    firstHitMs,
    totalMs,
    matches,
    cpuSecondsPerMillion: (used.user + used.system) / scanned,
    peakRssMb: Math.round(peakRss / 1_000_000),
  };
}

/** Change events of the wanted size; the text stands in one record near each end and in one in the middle. */
async function fill(
  topic: string,
  options: ScanBenchOptions & { records: number; partitions: number },
): Promise<void> {
  const producer = await createRecordProducer({
    connection: { brokers: options.brokers },
    expectedPartitions: options.partitions,
  });
  const marked = new Set([1_000, options.records / 2, options.records - 1_000].map(Math.floor));
  let last = 0;
  for (let n = 0; n < options.records; n++) {
    const record = {
      topic,
      partition: n % options.partitions,
      key: Buffer.from(`{"id":${n}}`),
      value: changeEvent(n, { bytes: options.valueBytes ?? 530, note: marked.has(n) ? NEEDLE : '' }),
    };
    last = await produce(producer, record);
    if (n % 1_024 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await producer.whenAcknowledged(last);
  await producer.close();
}

async function produce(
  producer: RecordProducer,
  record: Parameters<RecordProducer['produce']>[0],
): Promise<number> {
  for (let sequence = producer.produce(record); ; sequence = producer.produce(record)) {
    if (sequence !== QUEUE_FULL) return sequence;
    await producer.drained();
  }
}

function changeEvent(n: number, { bytes, note }: { bytes: number; note: string }): Buffer {
  const head = `{"before":null,"after":{"id":${n},"customer_id":${(n * 7_919) % 100_003},"status":"paid","total":"${n % 977}.50","note":"${note}`;
  const tail = `"},"source":{"connector":"mariadb","db":"shop","table":"orders","pos":${n * 412}},"op":"c","ts_ms":${1_790_000_000_000 + n}}`;
  return Buffer.from(
    head + FILLER.slice(n % 64, (n % 64) + Math.max(0, bytes - head.length - tail.length)) + tail,
  );
}

const FILLER =
  'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt. '.repeat(12);

function median(results: readonly ScanBenchResult[]): ScanBenchResult {
  const sorted = [...results].sort((a, b) => a.messagesPerSecond - b.messagesPerSecond);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError('A benchmark needs at least one round.');
  return middle;
}
