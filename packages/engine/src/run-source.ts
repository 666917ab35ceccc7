import type { Change } from './change/change.ts';
import type { PauseGate } from './change/pause-gate.ts';
import type { FlowMeter } from './live/flow-meter.ts';
import type { OffsetCommitter } from './offset/offset-committer.ts';
import type { RecordSink } from './produce/record-sink.ts';
import type { SchemaStage } from './schema-stage.ts';
import type { ChangeSerializer } from './serialize/change-serializer.ts';
import type { ChangeSource } from './source/change-source.ts';

/** The stages of one run, opened and connected. */
export interface SourceStages {
  source: ChangeSource;
  serializer: ChangeSerializer;
  sink: RecordSink;
  schema: SchemaStage;
  offsets: OffsetCommitter;
  flow: FlowMeter;
  gate: PauseGate;
  /** Milliseconds a pause may hold the source's connection, asked when a pause begins. */
  holdMs: () => number;
  /** Aborted when the run is to end; the source then ends too. */
  signal: AbortSignal;
}

/** `ended`: the source has no more or was told to stop. `parked`: a pause outlasted `holdMs`. */
export type RunEnd = 'ended' | 'parked';

/**
 * The whole flow: source → serialize → produce → offset. Reading is asynchronous by batch; inside a batch everything is
 * synchronous except for two named waits: a topic that must exist first, and room in the producer's queue.
 * Resolves when every record is acknowledged and the offset behind them is stored.
 */
export async function runSource(stages: SourceStages): Promise<RunEnd> {
  const { source, serializer, sink, schema, offsets, flow, gate, signal } = stages;
  let end: RunEnd = 'ended';
  for await (const batch of source.changes()) {
    if (gate.closed && !(await gate.passage(stages.holdMs(), signal))) {
      end = signal.aborted ? 'ended' : 'parked';
      break;
    }
    flow.batchRead(batch);
    serializer.tick();
    // By index: in an async function an array's iterator costs as much as a small change.
    for (let index = 0; index < batch.length; index += 1) {
      const change = batch[index] as Change;
      const records = serializer.open(change);
      if (records !== null) {
        const route = sink.route(records.target);
        if (route.partitions === 0) {
          await sink.prepare(route);
          serializer.tick();
        }
        while (records.next()) {
          if (sink.send(records, route)) continue;
          do await sink.room();
          while (!sink.send(records, route));
          serializer.tick();
        }
      }
      if (change.tag === 'schema' && change.events.length > 0) {
        sink.sequence = Math.max(sink.sequence, await schema.write(change, offsets.resume));
      } else if (change.tag === 'commit') flow.transactions += 1;
      offsets.passed(change, sink.sequence);
    }
    flow.batchQueued(sink.sequence, sink.totals);
  }
  await sink.flushed();
  await offsets.finish();
  return end;
}
