import { z } from 'zod';
import { field } from './config-field.ts';
import { regexList } from './config-values.ts';

/** What stands before the settings of a converter in its properties' names. */
const name = z.string().regex(/^[A-Za-z0-9_-]+$/, 'Only letters, digits, underscore and hyphen');
/** Regular expressions anchored to `database.table.column`. */
const selector = regexList.default([]);

const orNull = (forms: readonly RegExp[], message: string) =>
  z
    .string()
    .refine((text) => /^null$/i.test(text) || (forms.some((form) => form.test(text)) && isMoment(text)), {
      message,
    });
const DATE = /^\d{4}-\d\d-\d\d$/;
const DATETIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$/;
const date = orNull([DATE], 'A date as 1970-01-01, or NULL');
const dateTime = orNull([DATETIME], 'A time as 1970-01-01 00:00:00, or NULL');
const timestamp = orNull([TIMESTAMP], 'A time as 1970-01-01T00:00:00Z, or NULL');
const anyMoment = orNull(
  [DATE, DATETIME, TIMESTAMP],
  'A date as 1970-01-01, a time as 1970-01-01 00:00:00 or 1970-01-01T00:00:00Z, or NULL',
);

/** JavaScript takes the 30th of February for a day of March: its own text then differs. */
function isMoment(text: string): boolean {
  const day = text.slice(0, 10);
  const time = text.length === 10 ? 'T00:00' : text.slice(10).replace(' ', 'T');
  const midnight = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) return false;
  return !Number.isNaN(new Date(`${day}${time}`).getTime());
}

export const zeroDateTypes = ['DATE', 'DATETIME', 'TIMESTAMP'] as const;

const tinyIntConverter = z.strictObject({
  kind: z.literal('tinyint-one-to-boolean'),
  name,
  selector: field(selector, {
    property: 'selector',
    title: 'Columns',
    description: 'TINYINT columns that become booleans; empty: all.',
  }),
  lengthChecker: field(z.boolean().default(true), {
    property: 'length.checker',
    title: 'TINYINT(1) only',
    description: 'Leaves out columns of more than one digit.',
  }),
});

const zeroDateConverter = z.strictObject({
  kind: z.literal('zero-date-fallback'),
  name,
  selector: field(selector, {
    property: 'selector',
    title: 'Columns',
    description: 'Columns whose zero dates are replaced; empty: all of the types.',
  }),
  targetTypes: field(
    z
      .array(z.enum(zeroDateTypes))
      .min(1, 'Name at least one type')
      .default([...zeroDateTypes]),
    {
      property: 'target.types',
      title: 'Types',
      description: 'Types of the columns.',
    },
  ),
  fallbackDate: field(date.default('NULL'), {
    property: 'fallback.date',
    title: 'Instead of zero dates',
    description: 'A date as 1970-01-01, or NULL.',
  }),
  fallbackDatetime: field(dateTime.default('NULL'), {
    property: 'fallback.datetime',
    title: 'Instead of zero DATETIMEs',
    description: 'A time in UTC as 1970-01-01 00:00:00, or NULL.',
  }),
  fallbackTimestamp: field(timestamp.default('NULL'), {
    property: 'fallback.timestamp',
    title: 'Instead of zero TIMESTAMPs',
    description: 'A time as 1970-01-01T00:00:00Z, or NULL.',
  }),
  columnFallbacks: field(z.record(z.string(), anyMoment).default({}), {
    property: 'column.*.fallback',
    title: 'Instead of zero dates, by column',
    description: 'The same for single columns, by `database.table.column`.',
  }),
});

const jdbcSinkConverter = z.strictObject({
  kind: z.literal('jdbc-sink-data-types'),
  name,
  selectorBoolean: field(selector, {
    property: 'selector.boolean',
    title: 'Booleans',
    description: 'Columns that become int16: 1 for true and numbers above 0, else 0.',
  }),
  selectorReal: field(selector, {
    property: 'selector.real',
    title: 'Reals',
    description: 'Columns that become floating-point numbers.',
  }),
  selectorString: field(selector, {
    property: 'selector.string',
    title: 'Strings',
    description: 'Columns that become text, with their character set in the schema.',
  }),
  treatRealAsDouble: field(z.boolean().default(true), {
    property: 'treat.real.as.double',
    title: 'Reals as float64',
    description: 'Otherwise as float32.',
  }),
});

/** A converter of column values; the first of the list that applies to a column counts. */
export const converterSchema = z.discriminatedUnion('kind', [
  tinyIntConverter,
  zeroDateConverter,
  jdbcSinkConverter,
]);
export type ConverterConfig = z.infer<typeof converterSchema>;

/** Debezium's class of each kind, without its package. */
export const converterClasses: Readonly<Record<ConverterConfig['kind'], string>> = {
  'tinyint-one-to-boolean': 'TinyIntOneToBooleanConverter',
  'zero-date-fallback': 'ZeroDateFallbackConverter',
  'jdbc-sink-data-types': 'JdbcSinkDataTypesConverter',
};

const converterList = z.array(converterSchema).superRefine((entries, context) => {
  for (const [index, { name: own }] of entries.entries()) {
    if (entries.findIndex(({ name: other }) => other === own) < index)
      context.addIssue({ code: 'custom', path: [index], message: `Two converters are named ${own}` });
  }
});

export const converters = field(converterList.default([]), {
  property: 'converters',
  title: 'Converters',
  description:
    'What makes other values of columns, in keys too; the first that applies to a column counts. Column lists are regular expressions anchored to `database.table.column`. tinyint-one-to-boolean: TINYINT(1) as boolean (`selector`, `lengthChecker`). zero-date-fallback: what stands for zero and impossible dates and for NULL (`targetTypes`, `fallbackDate`, `fallbackDatetime`, `fallbackTimestamp`, `columnFallbacks`, `selector`). jdbc-sink-data-types: int16, floating-point numbers and text for Debezium’s JDBC sink (`selectorBoolean`, `selectorReal`, `selectorString`, `treatRealAsDouble`). `name` stands before the settings as properties of a connector.',
  example: '{"kind":"tinyint-one-to-boolean","name":"boolean","selector":["shop\\\\.orders\\\\.paid"]}',
});
