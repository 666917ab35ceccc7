import { SealaneError } from '@sealane/errors/sealane-error';

/** Transaction numbers from `first` to `last`, both included. */
interface Interval {
  first: bigint;
  last: bigint;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** A tag as servers from MySQL 8.3 on accept it. */
export const TAG = /^[a-z_][a-z0-9_]{0,31}$/;
const INTERVAL = /^(\d+)(?:-(\d+))?$/;
/** Highest transaction number. */
export const MAX_GNO = 2n ** 63n - 1n;

function invalid(text: string): SealaneError {
  return new SealaneError({
    code: 'GTID_INVALID',
    message: `"${text}" is not a MySQL GTID set.`,
    remedy:
      'Use uuid:first-last, several separated by commas, for example 3e11fa47-71ca-11e1-9e33-c80aa9429562:1-77.',
  });
}

/** A MySQL GTID set: per source (UUID and, from MySQL 8.3, tag) a list of intervals. */
export class MysqlGtidSet {
  /** Key `uuid` or `uuid:tag`; intervals sorted, apart and not touching. */
  readonly #sources = new Map<string, Interval[]>();

  /** Parses `uuid:1-5:7,uuid:tag:1-3`; white space is ignored, '' is the empty set. Throws `GTID_INVALID`. */
  static parse(text: string): MysqlGtidSet {
    const set = new MysqlGtidSet();
    const cleaned = text.replace(/\s/g, '').toLowerCase();
    for (const source of cleaned.split(',')) {
      if (source === '') continue;
      const [uuid = '', ...parts] = source.split(':');
      if (!UUID.test(uuid) || parts.length === 0) throw invalid(text);
      let tag = '';
      for (const part of parts) {
        if (TAG.test(part)) tag = part;
        else set.#addInterval(sourceKey(uuid, tag), parseInterval(part, text));
      }
    }
    return set;
  }

  get isEmpty(): boolean {
    return this.#sources.size === 0;
  }

  /** Adds one transaction. */
  add(uuid: string, gno: bigint, tag = ''): void {
    this.#addInterval(sourceKey(uuid, tag), { first: gno, last: gno });
  }

  /** Adds the transactions `first` to `last`. */
  addRange(uuid: string, range: { first: bigint; last: bigint; tag?: string }): void {
    this.#addInterval(sourceKey(uuid, range.tag ?? ''), { first: range.first, last: range.last });
  }

  contains(uuid: string, gno: bigint, tag = ''): boolean {
    const intervals = this.#sources.get(sourceKey(uuid, tag)) ?? [];
    return intervals.some((interval) => interval.first <= gno && gno <= interval.last);
  }

  /** True when every transaction of `other` is in this set. */
  containsAll(other: MysqlGtidSet): boolean {
    return other.subtract(this).isEmpty;
  }

  union(other: MysqlGtidSet): MysqlGtidSet {
    const result = this.clone();
    for (const [key, intervals] of other.#sources) {
      for (const interval of intervals) result.#addInterval(key, { ...interval });
    }
    return result;
  }

  /** The transactions of this set that are not in `other`. */
  subtract(other: MysqlGtidSet): MysqlGtidSet {
    const result = new MysqlGtidSet();
    for (const [key, intervals] of this.#sources) {
      const left = subtractIntervals(intervals, other.#sources.get(key) ?? []);
      if (left.length > 0) result.#sources.set(key, left);
    }
    return result;
  }

  /** Only the sources whose UUID passes; for `gtid.source.includes` and `.excludes`. */
  filterSources(keep: (uuid: string) => boolean): MysqlGtidSet {
    const result = new MysqlGtidSet();
    for (const [key, intervals] of this.#sources) {
      if (keep(key.slice(0, 36)))
        result.#sources.set(
          key,
          intervals.map((interval) => ({ ...interval })),
        );
    }
    return result;
  }

  clone(): MysqlGtidSet {
    return this.filterSources(() => true);
  }

  /** The server's own form: sources sorted by UUID, then tag. */
  toString(): string {
    let text = '';
    let lastUuid = '';
    for (const [key, intervals] of [...this.#sources].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const uuid = key.slice(0, 36);
      const ranges = intervals
        .map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`))
        .join(':');
      if (uuid === lastUuid) text += `:${key.slice(37)}:${ranges}`;
      else text += `${text === '' ? '' : ','}${key}:${ranges}`;
      lastUuid = uuid;
    }
    return text;
  }

  #addInterval(key: string, added: Interval): void {
    const intervals = this.#sources.get(key);
    if (intervals === undefined) {
      this.#sources.set(key, [added]);
      return;
    }
    const last = intervals.at(-1);
    // Servers list intervals in order: a set with many gaps must not be merged anew for each.
    if (last !== undefined && added.first > last.last) {
      if (added.first === last.last + 1n) last.last = added.last;
      else intervals.push(added);
      return;
    }
    this.#sources.set(key, mergeIntervals([...intervals, added]));
  }
}

function sourceKey(uuid: string, tag: string): string {
  return tag === '' ? uuid.toLowerCase() : `${uuid.toLowerCase()}:${tag.toLowerCase()}`;
}

function parseInterval(part: string, context: string): Interval {
  const match = INTERVAL.exec(part);
  if (match?.[1] === undefined) throw invalid(context);
  const first = BigInt(match[1]);
  const last = match[2] === undefined ? first : BigInt(match[2]);
  if (first < 1n || last < first || last > MAX_GNO) throw invalid(context);
  return { first, last };
}

function mergeIntervals(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const interval of [...intervals].sort((a, b) => (a.first < b.first ? -1 : 1))) {
    const last = merged.at(-1);
    if (last === undefined || interval.first > last.last + 1n) merged.push({ ...interval });
    else if (interval.last > last.last) last.last = interval.last;
  }
  return merged;
}

function subtractIntervals(from: readonly Interval[], taken: readonly Interval[]): Interval[] {
  let left: Interval[] = from.map((interval) => ({ ...interval }));
  for (const cut of taken) {
    left = left.flatMap((interval) => {
      if (cut.last < interval.first || cut.first > interval.last) return [interval];
      const pieces: Interval[] = [];
      if (interval.first < cut.first) pieces.push({ first: interval.first, last: cut.first - 1n });
      if (interval.last > cut.last) pieces.push({ first: cut.last + 1n, last: interval.last });
      return pieces;
    });
  }
  return left;
}
