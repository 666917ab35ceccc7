import { describe, expect, it } from 'vitest';
import { EventType } from '../../events/event-type.ts';
import { readCorpus } from './corpus.ts';
import { type FuzzCase, runFuzzCase } from './fuzz-case.ts';
import { runFuzz } from './run-fuzz.ts';

const CASES = 1500;
const UNTOUCHED: Omit<FuzzCase, 'entry' | 'modes'> = {
  other: 0,
  mutations: [],
  mapMutations: [],
  inside: false,
  type: null,
  rule: null,
};

describe('captured events, damaged at random', () => {
  const corpus = readCorpus();

  it('holds every kind of event that both flavours send', () => {
    const types = new Set(corpus.map(({ event }) => event.type));
    const { PARTIAL_UPDATE_ROWS, TRANSACTION_PAYLOAD, GTID, GTID_TAGGED, XA_PREPARE, PREVIOUS_GTIDS } =
      EventType;
    const { MARIADB_GTID, MARIADB_GTID_LIST, MARIADB_QUERY_COMPRESSED } = EventType;
    const { MARIADB_WRITE_ROWS_COMPRESSED_V1, MARIADB_UPDATE_ROWS_COMPRESSED_V1 } = EventType;
    for (const type of [
      PARTIAL_UPDATE_ROWS,
      TRANSACTION_PAYLOAD,
      GTID,
      GTID_TAGGED,
      XA_PREPARE,
      PREVIOUS_GTIDS,
    ])
      expect(types).toContain(type);
    for (const type of [MARIADB_GTID, MARIADB_GTID_LIST, MARIADB_QUERY_COMPRESSED])
      expect(types).toContain(type);
    for (const type of [MARIADB_WRITE_ROWS_COMPRESSED_V1, MARIADB_UPDATE_ROWS_COMPRESSED_V1])
      expect(types).toContain(type);
  });

  it('decodes every one of them as long as it is intact', () => {
    const refused = corpus.flatMap((_, entry) => {
      const outcome = runFuzzCase(corpus, { ...UNTOUCHED, entry, modes: entry });
      return /^[A-Z_]+: /.test(outcome) ? [outcome.replace(/It is .* only\./, 'time of day')] : [];
    });
    expect(new Set(refused)).toEqual(
      new Set([
        'VALUE_NOT_CONVERTIBLE: time of day',
        'BINLOG_EVENT_UNSUPPORTED: The before image has no c: the session that wrote it had ' +
          'binlog_row_value_options=PARTIAL_JSON and not binlog_row_image=FULL.',
      ]),
    );
  });

  it('answers with rows or with an error of ours, whatever lies around the event', () => {
    runFuzz({ seed: 20, cases: CASES });
  });
});
