import { awaitStreaming } from '../services/await-streaming.ts';
import type { BenchTable } from '../services/bench-table.ts';
import type { BenchTopics } from '../services/topics.ts';
import type { Contestant } from './contestant.ts';

/** Creates the topics, lets every contestant stream once and halts it: all of them stand at the end of the binlog. */
export async function establish(options: {
  contestants: readonly Contestant[];
  table: BenchTable;
  topics: BenchTopics;
}): Promise<void> {
  const { contestants, topics } = options;
  for (const contestant of contestants) {
    await topics.create(contestant.topic);
    await contestant.prepare();
    await contestant.release();
  }
  await awaitStreaming(options);
  for (const contestant of contestants) await contestant.halt();
}
