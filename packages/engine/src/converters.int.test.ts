import type { ServerFlavor } from '@sealane/binlog/session/server-info';
import type { PipelineConfigInput } from '@sealane/contracts/pipeline-config';
import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import { describe, expect, it } from 'vitest';
import { captureBothWays } from './testing/both-ways.ts';

const fallbacks = {
  kind: 'zero-date-fallback',
  name: 'fallbacks',
  selector: ['.*\\.f_.*'],
  fallbackDate: '1970-01-02',
  fallbackDatetime: '1970-01-01 00:00:01',
  fallbackTimestamp: '2000-01-01T01:00:00+01:00',
} satisfies NonNullable<PipelineConfigInput['converters']>[number];

const converters: PipelineConfigInput['converters'] = [
  fallbacks,
  { kind: 'zero-date-fallback', name: 'nulls', selector: ['.*\\.n_.*'] },
];

const TABLE = `CREATE TABLE t (id INT PRIMARY KEY, f_d DATE NOT NULL, f_dt DATETIME(6) NULL, f_ts TIMESTAMP(3) NOT NULL DEFAULT 0,
  n_d DATE NOT NULL, n_dt DATETIME(6) NOT NULL, n_ts TIMESTAMP(6) NOT NULL DEFAULT 0, plain DATE NOT NULL)`;
const ZERO = "'0000-00-00'";
const WHOLE = "'2024-02-29 12:13:14.151417'";

describe.each<ServerFlavor>(['mariadb', 'mysql'])('zero-date-fallback on %s', (flavor) => {
  it('gives fallbacks or null for zero dates, impossible ones and NULL, whatever the time mode', async () => {
    const stack = await sharedStack([flavor, 'kafka']);
    const config: Partial<PipelineConfigInput> = {
      converters,
      timePrecisionMode: 'isostring',
      valueConverterSchemasEnable: true,
    };
    const { streamed, copied } = await captureBothWays(
      { source: stack[flavor], kafka: stack.kafka },
      {
        name: uniqueName('zero'),
        table: TABLE,
        config,
        rows: [
          `(1, ${ZERO}, ${ZERO}, ${ZERO}, ${ZERO}, ${ZERO}, ${ZERO}, ${ZERO})`,
          `(2, '2024-00-10', NULL, ${ZERO}, '2024-01-00', '0000-01-01', ${ZERO}, '2024-01-02')`,
          `(3, '2024-02-29', ${WHOLE}, ${WHOLE}, '0069-01-01', ${WHOLE}, ${WHOLE}, '2024-01-02')`,
        ],
      },
    );
    const [fd, fdt, fts] = [1, 1000, '2000-01-01T00:00:00Z'];
    const day = Date.UTC(2024, 1, 29) / 86_400_000;
    const millis = Date.UTC(2024, 1, 29, 12, 13, 14, 151);
    const expected = [
      { id: 1, f_d: fd, f_dt: fdt, f_ts: fts, n_d: null, n_dt: null, n_ts: null, plain: '1970-01-01Z' },
      { id: 2, f_d: fd, f_dt: fdt, f_ts: fts, n_d: null, n_dt: null, n_ts: null, plain: '2024-01-02Z' },
      {
        id: 3,
        f_d: day,
        f_dt: millis,
        f_ts: '2024-02-29T12:13:14.151Z',
        n_d: Date.parse('0069-01-01') / 86_400_000,
        n_dt: millis,
        n_ts: '2024-02-29T12:13:14.151417Z',
        plain: '2024-01-02Z',
      },
    ];
    expect(streamed.map(({ after }) => after)).toEqual(expected);
    expect(copied.map(({ after }) => after)).toEqual(expected);
    expect(copied[0]?.schema).toEqual(streamed[0]?.schema);
    expect(streamed[0]?.schema).toMatchObject({
      f_d: { type: 'int32', name: 'io.debezium.time.Date', optional: false },
      f_dt: { type: 'int64', name: 'io.debezium.time.Timestamp', optional: true },
      f_ts: { type: 'string', name: 'io.debezium.time.ZonedTimestamp', optional: false },
      n_d: { type: 'int32', optional: true },
      plain: { type: 'string', name: 'io.debezium.time.IsoDate', optional: false },
    });
  });
});
