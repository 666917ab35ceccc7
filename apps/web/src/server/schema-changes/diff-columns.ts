import { type ColumnDiff, columnAspects, type TimelineColumn } from '@sealane/contracts/api/schema-changes';

/** The diff of two versions of a table. A rename is one only where the statement says so. */
export function diffColumns(
  before: readonly TimelineColumn[],
  after: readonly TimelineColumn[],
  ddl: string,
): ColumnDiff[] {
  const old = new Map(before.map((column) => [column.name, column]));
  const renames = renamedColumns(before, after, ddl);
  const pairs = after.map((column) => ({
    after: column,
    before: old.get(renames.get(column.name) ?? column.name) ?? null,
  }));
  const stayed = pairs.flatMap((pair) => (pair.before === null ? [] : [pair.before]));
  const moved = movedColumns(stayed);
  const diffs = pairs.map(({ before, after }): ColumnDiff => {
    if (before === null) return { change: 'added', before, after, aspects: [] };
    const aspects = columnAspects.filter((aspect) =>
      aspect === 'position' ? moved.has(before) : before[aspect] !== after[aspect],
    );
    return { change: aspects.length > 0 ? 'changed' : 'same', before, after, aspects };
  });
  return withRemoved(diffs, before, new Set(stayed));
}

/** Every column of one version alone: a table that came or went, or whose other version is not known. */
export function wholeTable(
  columns: readonly TimelineColumn[],
  change: 'added' | 'removed' | 'same',
): ColumnDiff[] {
  return columns.map((column) => ({
    change,
    before: change === 'removed' ? column : null,
    after: change === 'removed' ? null : column,
    aspects: [],
  }));
}

const NAME = '(?:`((?:[^`]|``)+)`|([\\w$\\u0080-\\uffff]+))';
const RENAMES = new RegExp(
  `\\b(?:RENAME\\s+COLUMN\\s+(?:IF\\s+EXISTS\\s+)?${NAME}\\s+TO\\s+${NAME}|CHANGE\\s+(?:COLUMN\\s+)?(?:IF\\s+EXISTS\\s+)?${NAME}\\s+${NAME})`,
  'giu',
);

/** New name to old one. The words of the statement count only where the one column went and the other came. */
function renamedColumns(
  before: readonly TimelineColumn[],
  after: readonly TimelineColumn[],
  ddl: string,
): Map<string, string> {
  const gone = unmatched(before, after);
  const come = unmatched(after, before);
  const renames = new Map<string, string>();
  if (gone.size === 0 || come.size === 0) return renames;
  for (const match of ddl.matchAll(RENAMES)) {
    const [from, to] = match
      .slice(1)
      .filter((part) => part !== undefined)
      .map((part) => part.replaceAll('``', '`').toLowerCase());
    const was = gone.get(from ?? '');
    const is = come.get(to ?? '');
    if (was !== undefined && is !== undefined) renames.set(is, was);
  }
  return renames;
}

/** Columns of one version that the other lacks, by their name without regard to case, as servers compare them. */
function unmatched(
  columns: readonly TimelineColumn[],
  others: readonly TimelineColumn[],
): Map<string, string> {
  const known = new Set(others.map(({ name }) => name));
  return new Map(
    columns.filter(({ name }) => !known.has(name)).map(({ name }) => [name.toLowerCase(), name]),
  );
}

/** The fewest columns that must have moved for the rest to stand in their old order: those outside the longest rising run. */
function movedColumns(inNewOrder: readonly TimelineColumn[]): ReadonlySet<TimelineColumn> {
  const tails: number[] = [];
  const previous: number[] = [];
  for (const [index, column] of inNewOrder.entries()) {
    let low = 0;
    for (let high = tails.length; low < high; ) {
      const middle = (low + high) >> 1;
      const tail = inNewOrder[tails[middle] ?? 0];
      if (tail !== undefined && tail.position < column.position) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? -1 : (tails[low - 1] ?? -1);
    tails[low] = index;
  }
  const stayed = new Set<number>();
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) stayed.add(index);
  return new Set(inNewOrder.filter((_, index) => !stayed.has(index)));
}

/** Puts each removed column behind the one that stood before it. */
function withRemoved(
  diffs: readonly ColumnDiff[],
  before: readonly TimelineColumn[],
  stayed: ReadonlySet<TimelineColumn>,
): ColumnDiff[] {
  const behind = new Map<TimelineColumn | null, ColumnDiff[]>();
  let anchor: TimelineColumn | null = null;
  for (const column of before) {
    if (stayed.has(column)) anchor = column;
    else {
      const removed: ColumnDiff = { change: 'removed', before: column, after: null, aspects: [] };
      behind.set(anchor, [...(behind.get(anchor) ?? []), removed]);
    }
  }
  const placed = diffs.flatMap((diff) => [diff, ...((diff.before && behind.get(diff.before)) ?? [])]);
  return [...(behind.get(null) ?? []), ...placed];
}
