import type { AbortedTransaction } from '../wire/fetch.ts';
import { type RecordBatch, recordSection, walkRecords } from '../wire/record-batch.ts';

const ABORT_MARKER = 0;

/**
 * The batches of one fetch answer that a read-committed reader may see: no transaction markers, nothing of rolled-back transactions.
 * The broker lists every rolled-back transaction that overlaps the answer, so each answer stands for itself.
 */
export function visibleBatches(
  batches: readonly RecordBatch[],
  aborted: readonly AbortedTransaction[],
): readonly RecordBatch[] {
  const upcoming = [...aborted].sort((a, b) => a.firstOffset - b.firstOffset);
  const open = new Set<bigint>();
  return batches.filter((batch) => {
    while (upcoming[0] !== undefined && upcoming[0].firstOffset <= batch.lastOffset) {
      open.add(upcoming[0].producerId);
      upcoming.shift();
    }
    if (batch.control) {
      if (isAbortMarker(batch)) open.delete(batch.producerId);
      return false;
    }
    return !(batch.transactional && open.has(batch.producerId));
  });
}

/** A marker's record key holds a version and a type, 16 bits each (org.apache.kafka.common.record.ControlRecordType). */
function isAbortMarker(batch: RecordBatch): boolean {
  const section = recordSection(batch);
  let type = -1;
  walkRecords(batch, section, (view) => {
    if (view.keyLength >= 4) type = section.bytes.readInt16BE(view.keyStart + 2);
    return false;
  });
  return type === ABORT_MARKER;
}
