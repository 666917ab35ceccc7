import type { SeenRecord, TopicRecords } from '../records/topic-records.ts';
import type { Difference } from './difference.ts';
import { leavesOf, sameLeaf } from './leaves.ts';

/** Facts of an engine or of the moment at which it saw a row; `source.name` is the prefix, compared by the topics' names. */
const OWN_FACTS = /^value\.(payload\.)?(ts_(ms|us|ns)|source\.(version|name))$/;
/** An engine's own name of its run. */
const RUN_ID = '__debezium.context.runId';
/** The time of a snapshot, which the engines take one after the other. */
const SNAPSHOT_TIMES = /^value\.(payload\.)?source\.ts_(ms|us|ns)$/;

/** Compares what two engines wrote, topic by topic, record by record, leaf by leaf. */
export function compareTopics(debezium: TopicRecords, sealane: TopicRecords): Difference[] {
  const differences: Difference[] = [];
  for (const topic of new Set([...debezium.keys(), ...sealane.keys()])) {
    const left = debezium.get(topic);
    const right = sealane.get(topic);
    if (left === undefined || right === undefined) {
      differences.push({
        topic,
        index: null,
        path: 'topic',
        debezium: presence(left),
        sealane: presence(right),
      });
      continue;
    }
    if (left.length !== right.length) {
      const counts = { debezium: `${left.length} records`, sealane: `${right.length} records` };
      differences.push({ topic, index: null, path: 'count', ...counts });
    }
    for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
      const found = compareRecord(left[index] as SeenRecord, right[index] as SeenRecord);
      for (const difference of found) differences.push({ topic, index, ...difference });
    }
  }
  return differences;
}

function presence(records: readonly SeenRecord[] | undefined): string {
  return records === undefined ? 'absent' : `${records.length} records`;
}

function compareRecord(left: SeenRecord, right: SeenRecord): Omit<Difference, 'topic' | 'index'>[] {
  const before = recordLeaves(left);
  const after = recordLeaves(right);
  const snapshot = before.get('value.source.snapshot') ?? before.get('value.payload.source.snapshot');
  const isSnapshot = snapshot !== '"false"';
  const found: Omit<Difference, 'topic' | 'index'>[] = [];
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    if (OWN_FACTS.test(path) || (isSnapshot && SNAPSHOT_TIMES.test(path))) continue;
    const debezium = before.get(path) ?? 'absent';
    const sealane = after.get(path) ?? 'absent';
    if (!sameLeaf(debezium, sealane)) found.push({ path, debezium, sealane });
  }
  return found;
}

function recordLeaves({ partition, key, value, headers }: SeenRecord): Map<string, string> {
  return new Map([
    ['partition', String(partition)],
    // Compaction compares keys byte by byte.
    ['key', key === null ? 'no key' : key.toString('utf8')],
    ...headers
      .filter(([name]) => name !== RUN_ID)
      .map(([name, text]): [string, string] => [`header.${name}`, text]),
    ...leavesOf('value', value),
  ]);
}
