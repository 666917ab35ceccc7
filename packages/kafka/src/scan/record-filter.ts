import type { MessageRecord } from '../reader/message-record.ts';
import type { RecordView } from '../wire/record-batch.ts';

/** Which records a scan wants, in three steps from cheap to dear. */
export interface RecordFilter {
  /** Bytes that every wanted record contains, to be searched over whole batches without decoding them; null: no such bytes. */
  readonly needle: Buffer | null;
  /** True: {@link needle} is lower-case ASCII and found regardless of case. */
  readonly ignoreCase: boolean;
  /** Decides on key, value and timestamp in place. */
  matches(view: RecordView, bytes: Buffer): boolean;
  /** Decides on the copied record what only that can tell. */
  accepts(message: MessageRecord): boolean;
}

export interface RecordFilterOptions {
  readonly text?: string | undefined;
  readonly scope?: 'key' | 'value' | 'both' | undefined;
  readonly ignoreCase?: boolean | undefined;
  /** The key must be exactly these bytes. */
  readonly key?: Buffer | undefined;
  readonly fromTimestamp?: number | undefined;
  readonly toTimestamp?: number | undefined;
  readonly header?: { readonly name: string; readonly value?: string | undefined } | undefined;
  readonly accept?: ((message: MessageRecord) => boolean) | undefined;
}

/** Compiles a scan's conditions. */
export function compileFilter(options: RecordFilterOptions): RecordFilter {
  const { text = '', key, scope = 'both', header, accept } = options;
  const ignoreCase = options.ignoreCase === true && text !== '';
  const contains = ignoreCase ? containsIgnoringCase(text) : containsBytes(Buffer.from(text));
  const from = options.fromTimestamp ?? Number.NEGATIVE_INFINITY;
  const to = options.toTimestamp ?? Number.POSITIVE_INFINITY;
  return {
    needle: compileNeedle(text, ignoreCase, key),
    ignoreCase,
    matches: (view, bytes) => {
      if (view.timestamp < from || view.timestamp > to) return false;
      if (key !== undefined && !keyEquals(view, bytes, key)) return false;
      if (text === '') return true;
      if (scope !== 'value' && contains(bytes, view.keyStart, view.keyLength)) return true;
      return scope !== 'key' && contains(bytes, view.valueStart, view.valueLength);
    },
    accepts: (message) => {
      if (header !== undefined && !hasHeader(message, header)) return false;
      return accept === undefined || accept(message);
    },
  };
}

function compileNeedle(text: string, ignoreCase: boolean, key: Buffer | undefined): Buffer | null {
  if (ignoreCase) {
    // Only ASCII letters keep their length and place in UTF-8 when their case changes.
    const runs = text.match(/[ -~]+/g) ?? [];
    const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
    return longest === '' ? null : Buffer.from(longest.toLowerCase());
  }
  if (text !== '') return Buffer.from(text);
  return key === undefined || key.length === 0 ? null : key;
}

type Contains = (bytes: Buffer, start: number, length: number) => boolean;

function containsBytes(needle: Buffer): Contains {
  return (bytes, start, length) =>
    length >= needle.length && bytes.subarray(start, start + length).includes(needle);
}

function containsIgnoringCase(text: string): Contains {
  const wanted = text.toLowerCase();
  return (bytes, start, length) =>
    length > 0 &&
    bytes
      .toString('utf8', start, start + length)
      .toLowerCase()
      .includes(wanted);
}

function keyEquals(view: RecordView, bytes: Buffer, key: Buffer): boolean {
  return (
    view.keyLength === key.length && key.compare(bytes, view.keyStart, view.keyStart + view.keyLength) === 0
  );
}

function hasHeader(message: MessageRecord, wanted: { name: string; value?: string | undefined }): boolean {
  return message.headers.some(
    ({ name, value }) =>
      name === wanted.name && (wanted.value === undefined || value?.toString('utf8') === wanted.value),
  );
}
