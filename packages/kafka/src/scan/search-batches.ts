import type { MessageRecord } from '../reader/message-record.ts';
import {
  BATCH_HEADER_BYTES,
  copyRecord,
  type RecordBatch,
  type RecordView,
  recordSection,
  walkRecords,
} from '../wire/record-batch.ts';
import type { RecordFilter } from './record-filter.ts';

/** A record that the filter's first two steps let pass, still in its batch. */
export interface Hit {
  readonly batch: RecordBatch;
  /** The bytes that {@link view} points into. */
  readonly bytes: Buffer;
  readonly view: Readonly<RecordView>;
}

/** Offsets wanted: from inclusive, to exclusive. */
export interface OffsetRange {
  readonly from: number;
  readonly to: number;
}

interface Section {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the records of the batches that pass the filter's needle and `matches`, ascending. Where the filter has a needle, batches
 * without it are not decoded: uncompressed ones are searched as they came over the wire, across batch borders, in one sweep.
 */
export function searchBatches(
  batches: readonly RecordBatch[],
  range: OffsetRange,
  filter: RecordFilter,
): Hit[] {
  const hits: Hit[] = [];
  const { needle } = filter;
  const find = needle === null ? null : createFinder(needle, filter.ignoreCase);
  let next = -1;
  let exhausted = false;
  for (const batch of batches) {
    if (batch.lastOffset < range.from || batch.baseOffset >= range.to) continue;
    const collect = { batch, range, filter, hits };
    if (find === null) {
      collectAll(collect, recordSection(batch));
    } else if (batch.compression === 'none') {
      const start = batch.start + BATCH_HEADER_BYTES;
      if (!exhausted && next < start) {
        next = find(batch.bytes, start);
        exhausted = next < 0;
      }
      if (exhausted) continue;
      if (next < batch.end)
        collectFound(collect, { bytes: batch.bytes, start, end: batch.end }, { first: next, find });
    } else {
      const section = recordSection(batch);
      const first = find(section.bytes, section.start);
      if (first >= 0) collectFound(collect, section, { first, find });
    }
  }
  return hits;
}

interface Collect {
  readonly batch: RecordBatch;
  readonly range: OffsetRange;
  readonly filter: RecordFilter;
  readonly hits: Hit[];
}

function collectAll({ batch, range, filter, hits }: Collect, section: Section): void {
  walkRecords(batch, section, (view) => {
    if (view.offset >= range.to) return false;
    if (view.offset >= range.from && filter.matches(view, section.bytes)) {
      hits.push({ batch, bytes: section.bytes, view: { ...view } });
    }
    return true;
  });
}

/** Looks only at the records in which the needle was found. */
function collectFound(
  { batch, range, filter, hits }: Collect,
  section: Section,
  found: { first: number; find: Finder },
): void {
  let at = found.first;
  walkRecords(batch, section, (view) => {
    if (view.end <= at) return true;
    if (view.offset >= range.to) return false;
    if (view.offset >= range.from && filter.matches(view, section.bytes)) {
      hits.push({ batch, bytes: section.bytes, view: { ...view } });
    }
    at = found.find(section.bytes, view.end);
    return at >= 0 && at < section.end;
  });
}

type Finder = (bytes: Buffer, from: number) => number;

function createFinder(needle: Buffer, ignoreCase: boolean): Finder {
  if (!ignoreCase) return (bytes, from) => bytes.indexOf(needle, from);
  const wanted = needle.toString('latin1');
  let of: Buffer | null = null;
  let lowered = '';
  return (bytes, from) => {
    if (of !== bytes) {
      of = bytes;
      // Latin-1 maps every byte to one character and lower-cases it to one, so positions stay those of the bytes.
      lowered = bytes.toString('latin1').toLowerCase();
    }
    return lowered.indexOf(wanted, from);
  };
}

/** Copies hits out of their batches and applies the filter's last step. */
export function materialize(hits: readonly Hit[], partition: number, filter: RecordFilter): MessageRecord[] {
  return hits
    .map(({ batch, bytes, view }) => copyRecord(batch, bytes, { view, partition }))
    .filter((message) => filter.accepts(message));
}

/** Records of the batches inside the range, without decoding them: exact where a batch lies inside, else at most its offsets inside. */
export function countRecords(batches: readonly RecordBatch[], range: OffsetRange): number {
  let count = 0;
  for (const { baseOffset, lastOffset, recordCount } of batches) {
    const inside = Math.min(lastOffset + 1, range.to) - Math.max(baseOffset, range.from);
    if (inside > 0) count += Math.min(recordCount, inside);
  }
  return count;
}
