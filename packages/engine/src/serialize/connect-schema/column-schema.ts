import type { HandlingModes } from '@sealane/binlog/columns/handling-modes';
import type { ColumnType } from '@sealane/binlog/table/table-schema';
import { type ConnectSchema, int32, int64, optional, string, struct } from './connect-schema.ts';
import { dateSchema, dateTimeSchema, timeSchema } from './temporal-schema.ts';

const float32: ConnectSchema = { type: 'float' };
const float64: ConnectSchema = { type: 'double' };
const bytes: ConnectSchema = { type: 'bytes' };

const semantic = (
  schema: ConnectSchema,
  name: string,
  parameters?: ConnectSchema['parameters'],
): ConnectSchema => ({
  ...schema,
  name,
  version: 1,
  ...(parameters === undefined ? {} : { parameters }),
});

/**
 * The schema of a column's values, without what the column itself adds (optional). Source: Debezium 3.5, `BinlogValueConverters` and
 * `JdbcValueConverters`, `schemaBuilder`.
 */
export function columnSchema(type: ColumnType, modes: HandlingModes): ConnectSchema {
  switch (type.family) {
    case 'integer':
      return integerSchema(type, modes);
    case 'decimal':
      return decimalSchema(type, modes);
    case 'float':
      return type.bytes === 4 ? float32 : float64;
    case 'bit':
      return type.length === 1
        ? { type: 'boolean' }
        : semantic(bytes, 'io.debezium.data.Bits', { length: String(type.length) });
    case 'year':
      return semantic(int32, 'io.debezium.time.Year');
    case 'date':
      return dateSchema(modes);
    case 'time':
      return timeSchema(modes);
    case 'datetime':
      return dateTimeSchema(type, modes);
    case 'timestamp':
      return semantic(string, 'io.debezium.time.ZonedTimestamp');
    case 'string':
      return string;
    case 'binary':
      return modes.binaryHandlingMode === 'bytes' ? bytes : string;
    default:
      return specialSchema(type);
  }
}

type SpecialType = Extract<
  ColumnType,
  { family: 'enum' | 'set' | 'json' | 'geometry' | 'vector' | 'uuid' | 'inet6' | 'inet4' }
>;

function specialSchema(type: SpecialType): ConnectSchema {
  switch (type.family) {
    case 'enum':
      return semantic(string, 'io.debezium.data.Enum', { allowed: type.labels.join(',') });
    case 'set':
      return semantic(string, 'io.debezium.data.EnumSet', { allowed: type.labels.join(',') });
    case 'json':
      return semantic(string, 'io.debezium.data.Json');
    case 'geometry':
      return type.geometryType === 1 ? pointSchema : geometrySchema;
    case 'vector':
      return { type: 'array', items: float32, name: 'io.debezium.data.FloatVector', version: 1 };
    case 'uuid':
      return semantic(string, 'io.debezium.data.Uuid');
    default:
      return string;
  }
}

const pointSchema = struct(
  'io.debezium.data.geometry.Point',
  { x: float64, y: float64, wkb: optional(bytes), srid: optional(int32) },
  { version: 1, doc: 'Geometry (POINT)' },
);

/** Optional whatever the column is: Debezium's builder says so itself. */
const geometrySchema = struct(
  'io.debezium.data.geometry.Geometry',
  { wkb: bytes, srid: optional(int32) },
  { version: 1, doc: 'Geometry', optional: true },
);

function integerSchema(
  { bytes: size, unsigned }: Extract<ColumnType, { family: 'integer' }>,
  modes: HandlingModes,
): ConnectSchema {
  if (size === 8) {
    return unsigned && modes.bigintUnsignedHandlingMode === 'precise' ? preciseDecimal(20, 0) : int64;
  }
  // TINYINT is int16 up to Debezium 3.6, and int8 since.
  if (size === 1 || (size === 2 && !unsigned)) return { type: 'int16' };
  return size === 4 && unsigned ? int64 : int32;
}

function decimalSchema(
  { precision, scale }: Extract<ColumnType, { family: 'decimal' }>,
  { decimalHandlingMode }: HandlingModes,
): ConnectSchema {
  if (decimalHandlingMode === 'double') return float64;
  return decimalHandlingMode === 'string' ? string : preciseDecimal(precision, scale);
}

function preciseDecimal(precision: number, scale: number): ConnectSchema {
  return semantic(bytes, 'org.apache.kafka.connect.data.Decimal', {
    scale: String(scale),
    'connect.decimal.precision': String(precision),
  });
}
