import { SealaneError } from '@sealane/errors/sealane-error';
import fc from 'fast-check';
import type { ColumnRule } from '../../columns/column-rule.ts';
import { DEFAULT_HANDLING_MODES, type HandlingModes } from '../../columns/handling-modes.ts';
import { RawEvent } from '../../events/raw-event.ts';
import type { CorpusEntry } from './corpus.ts';
import { decodeEvent } from './decode-event.ts';
import { type Mutation, mutate, mutationArbitrary } from './mutate.ts';
import { closedEvent, openCompressed, openPlain } from './opened-event.ts';

/** One mutated event, told by numbers alone: it can be kept, shrunk and run again. */
export interface FuzzCase {
  /** Which captured event, modulo their number. */
  readonly entry: number;
  /** Where spliced bytes come from. */
  readonly other: number;
  readonly mutations: readonly Mutation[];
  /** The same for the table map of a rows event; mostly none. */
  readonly mapMutations: readonly Mutation[];
  /** Damage what is compressed, not the compressed form. */
  readonly inside: boolean;
  /** Another event type code, or null. */
  readonly type: number | null;
  readonly modes: number;
  readonly rule: ColumnRule | null;
}

const MODES: readonly HandlingModes[] = [
  DEFAULT_HANDLING_MODES,
  {
    decimalHandlingMode: 'string',
    bigintUnsignedHandlingMode: 'precise',
    binaryHandlingMode: 'hex',
    timePrecisionMode: 'connect',
    enableTimeAdjuster: false,
    eventConvertingFailureHandlingMode: 'warn',
  },
  {
    ...DEFAULT_HANDLING_MODES,
    decimalHandlingMode: 'double',
    binaryHandlingMode: 'base64-url-safe',
    timePrecisionMode: 'isostring',
    eventConvertingFailureHandlingMode: 'fail',
  },
  { ...DEFAULT_HANDLING_MODES, timePrecisionMode: 'microseconds' },
  { ...DEFAULT_HANDLING_MODES, timePrecisionMode: 'nanoseconds' },
];

const RULES: readonly ColumnRule[] = [
  { kind: 'truncate', length: 3 },
  { kind: 'mask', length: 5 },
  { kind: 'hash', version: 'v2', algorithm: 'SHA-256', salt: 'x' },
];

const ALLOWED = new Set([
  'BINLOG_EVENT_MALFORMED',
  'BINLOG_EVENT_UNSUPPORTED',
  'BINLOG_INCIDENT',
  'CHARSET_UNSUPPORTED',
  'OUTPUT_TOO_LARGE',
  'TABLE_SCHEMA_MISMATCH',
  'VALUE_NOT_CONVERTIBLE',
]);

const mutations = fc.array(mutationArbitrary, { minLength: 1, maxLength: 4 });

export const fuzzCaseArbitrary: fc.Arbitrary<FuzzCase> = fc.record({
  entry: fc.nat(0xffff),
  other: fc.nat(0xffff),
  mutations,
  mapMutations: fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: mutations }),
  inside: fc.boolean(),
  type: fc.oneof({ weight: 12, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(255) }),
  modes: fc.nat(MODES.length - 1),
  rule: fc.oneof(
    { weight: 4, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(...RULES) },
  ),
});

/** Bytes around the event. What an event says must not depend on them. */
const NEIGHBOURS = [0x00, 0x31, 0xff].map((fill) => Buffer.alloc(8192, fill));
/** Three decodings of one event; a captured one takes a few milliseconds. */
const MAX_MS = 3_000;
const MAX_BUFFER_BYTES = 512 * 1024 * 1024;

/**
 * Runs a case. Throws unless the decoders answer with rows or with an error of ours, the same whatever lies around the
 * event, in bounded time and memory.
 */
export function runFuzzCase(corpus: readonly CorpusEntry[], fuzzCase: FuzzCase): string {
  const startedAt = performance.now();
  const outcomes = NEIGHBOURS.map((around) => outcomeOf(corpus, fuzzCase, around));
  const took = performance.now() - startedAt;
  if (new Set(outcomes).size > 1)
    throw new TypeError(
      `bytes around the event show:\n${outcomes.map((text) => text.slice(0, 2000)).join('\n--\n')}`,
    );
  if (took > MAX_MS) throw new TypeError(`the event took ${Math.round(took)} ms`);
  const { arrayBuffers } = process.memoryUsage();
  if (arrayBuffers > MAX_BUFFER_BYTES) throw new TypeError(`the event took ${arrayBuffers} bytes`);
  return outcomes[0] ?? '';
}

function outcomeOf(corpus: readonly CorpusEntry[], fuzzCase: FuzzCase, around: Buffer): string {
  const { event, map, schema } = pick(corpus, fuzzCase.entry);
  const other = pick(corpus, fuzzCase.other).event;
  const splice = other.bytes.subarray(other.bodyStart, other.end);
  const { rule } = fuzzCase;
  try {
    const damaged = damage(event, { ...fuzzCase, splice });
    const damagedMap =
      map === null || fuzzCase.mapMutations.length === 0
        ? map
        : placed(
            damage(map, { mutations: fuzzCase.mapMutations, splice, inside: false, type: null }),
            map,
            around,
          );
    return decodeEvent(placed(damaged, event, around), {
      map: damagedMap,
      schema,
      modes: MODES[fuzzCase.modes % MODES.length] ?? DEFAULT_HANDLING_MODES,
      rules: rule === null ? undefined : () => rule,
    });
  } catch (error) {
    if (!(error instanceof SealaneError) || !ALLOWED.has(error.code)) throw error;
    return `${error.code}: ${error.why}`;
  }
}

function pick(corpus: readonly CorpusEntry[], index: number): CorpusEntry {
  return corpus[index % corpus.length] as CorpusEntry;
}

function damage(
  event: RawEvent,
  how: Pick<FuzzCase, 'mutations' | 'inside' | 'type'> & { splice: Buffer },
): Buffer {
  const opened = how.inside ? openCompressed(event) : openPlain(event);
  const bytes = closedEvent(opened, mutate(opened.body, how.mutations, how.splice));
  if (how.type !== null) bytes[4] = how.type;
  return bytes;
}

/** The event between its neighbours, as in a packet buffer that is used for many. */
function placed(bytes: Buffer, { flavor }: RawEvent, around: Buffer): RawEvent {
  const event = new RawEvent(
    Buffer.concat([around, bytes, around]),
    around.length,
    around.length + bytes.length,
  );
  event.flavor = flavor;
  return event;
}
