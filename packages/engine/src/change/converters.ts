import type { ColumnConversion } from '@sealane/binlog/columns/column-conversion';
import type { ColumnType, TableColumn, TableSchema } from '@sealane/binlog/table/table-schema';
import type { PipelineConfig } from '@sealane/contracts/pipeline-config';
import { SealaneError } from '@sealane/errors/sealane-error';

type ConverterConfig = PipelineConfig['converters'][number];
type Converter<Kind extends ConverterConfig['kind']> = Extract<ConverterConfig, { kind: Kind }>;

/** The schema of a table with what the converters make of its columns. */
export type Converters = (schema: TableSchema) => TableSchema;

/** Conversion of one column by one converter; undefined: it does not apply. `id`: `database.table.column`. */
type Convert = (column: TableColumn, id: string) => ColumnConversion | undefined;

/**
 * Compiles the converters; the first that applies to a column counts. Throws `CONFIG_INVALID`, here or for a table, for a fallback that
 * is no value of its column's type.
 */
export function compileConverters(configs: readonly ConverterConfig[]): Converters {
  if (configs.length === 0) return (schema) => schema;
  const converts = configs.map(compile);
  const known = new WeakMap<TableSchema, TableSchema>();
  return (schema) => {
    let converted = known.get(schema);
    if (converted === undefined) {
      converted = convertSchema(schema, converts);
      known.set(schema, converted);
    }
    return converted;
  };
}

function convertSchema(schema: TableSchema, converts: readonly Convert[]): TableSchema {
  const columns = schema.columns.map((column): TableColumn => {
    const id = `${schema.database}.${schema.table}.${column.name}`;
    for (const convert of converts) {
      const conversion = convert(column, id);
      if (conversion !== undefined) return { ...column, conversion };
    }
    return column;
  });
  return { ...schema, columns };
}

function compile(config: ConverterConfig): Convert {
  switch (config.kind) {
    case 'tinyint-one-to-boolean':
      return tinyIntOneToBoolean(config);
    case 'zero-date-fallback':
      return zeroDateFallback(config);
    case 'jdbc-sink-data-types':
      return jdbcSinkDataTypes(config);
  }
}

function selects(patterns: readonly string[], whenEmpty: boolean): (id: string) => boolean {
  if (patterns.length === 0) return () => whenEmpty;
  const compiled = patterns.map((pattern) => new RegExp(`^(?:${pattern})$`, 'i'));
  return (id) => compiled.some((pattern) => pattern.test(id));
}

function tinyIntOneToBoolean(config: Converter<'tinyint-one-to-boolean'>): Convert {
  const selected = selects(config.selector, true);
  return ({ type }, id) => {
    if (type.family !== 'integer' || type.bytes !== 1 || (config.lengthChecker && type.width !== 1))
      return undefined;
    return selected(id) ? { kind: 'boolean' } : undefined;
  };
}

type ZeroDateType = Extract<ColumnType, { family: 'date' | 'datetime' | 'timestamp' }>;

function zeroDateFallback(config: Converter<'zero-date-fallback'>): Convert {
  const selected = selects(config.selector, true);
  const types: readonly string[] = config.targetTypes;
  const fallbacks = {
    date: config.fallbackDate,
    datetime: config.fallbackDatetime,
    timestamp: config.fallbackTimestamp,
  };
  return ({ type }, id) => {
    if (type.family !== 'date' && type.family !== 'datetime' && type.family !== 'timestamp') return undefined;
    if (!types.includes(type.family.toUpperCase()) || !selected(id)) return undefined;
    const text = config.columnFallbacks[id] ?? fallbacks[type.family];
    return { kind: 'zero-date', fallback: fallbackValue(text, type, id) };
  };
}

/** What the text is in a record: days, milliseconds, or text in UTC as Java's ISO_OFFSET_DATE_TIME prints it. */
function fallbackValue(text: string, { family }: ZeroDateType, id: string): number | string | null {
  if (/^null$/i.test(text)) return null;
  const form = { date: /^.{10}$/, datetime: /^.{10} .{8}$/, timestamp: /^.{10}T/ }[family];
  if (!form.test(text)) throw unfitFallback(text, family, id);
  switch (family) {
    case 'date':
      return Date.parse(`${text}T00:00:00Z`) / 86_400_000;
    case 'datetime':
      return Date.parse(`${text.replace(' ', 'T')}Z`);
    case 'timestamp': {
      const whole = new Date(Date.parse(text.replace(/\.\d+/, ''))).toISOString().slice(0, 19);
      const fraction = /\.\d*[1-9]/.exec(text)?.[0] ?? '';
      return `${whole}${fraction}Z`;
    }
  }
}

function unfitFallback(text: string, family: string, column: string): SealaneError {
  return new SealaneError({
    code: 'CONFIG_INVALID',
    message: `The fallback of ${column} is no ${family.toUpperCase()}.`,
    why: `It is ${JSON.stringify(text)}.`,
    remedy:
      'Write a DATE as 1970-01-01, a DATETIME as 1970-01-01 00:00:00, a TIMESTAMP as 1970-01-01T00:00:00Z.',
    details: { column, fallback: text },
  });
}

function jdbcSinkDataTypes(config: Converter<'jdbc-sink-data-types'>): Convert {
  const isBoolean = selects(config.selectorBoolean, false);
  const isReal = selects(config.selectorReal, false);
  const isString = selects(config.selectorString, false);
  return ({ type }, id) => {
    if (isBoolean(id)) return { kind: 'small-boolean' };
    if (isReal(id)) return { kind: 'real', bytes: config.treatRealAsDouble ? 8 : 4 };
    return isString(id)
      ? { kind: 'text', charset: type.family === 'string' ? type.charset : null }
      : undefined;
  };
}
