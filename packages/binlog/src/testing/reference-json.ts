import type { ColumnValue, GeometryValue } from '../columns/column-codec.ts';
import type { HandlingModes } from '../columns/handling-modes.ts';
import type { ColumnType, TableColumn } from '../table/table-schema.ts';

/**
 * The JSON value a decoded value must have, worked out the slow and obvious way and apart from the writers:
 * numbers as exact text behind `#`, everything else as JSON.parse would give it.
 */
export function referenceJson(
  column: TableColumn,
  value: ColumnValue | undefined,
  modes: HandlingModes,
): unknown {
  if (value === null || value === undefined) return null;
  const { type } = column;
  switch (type.family) {
    case 'integer': {
      if (type.bytes < 8 || !type.unsigned) return `#${value}`;
      if (modes.bigintUnsignedHandlingMode === 'precise') return twosComplement(BigInt(String(value)));
      return `#${BigInt.asIntN(64, BigInt(String(value)))}`;
    }
    case 'decimal':
      if (modes.decimalHandlingMode === 'string') return value;
      if (modes.decimalHandlingMode === 'double') return Number(value);
      return twosComplement(BigInt(String(value).replace('.', '')));
    case 'float':
      return value;
    case 'bit':
      return type.length === 1 ? value === 1n : littleEndian(BigInt(String(value)), (type.length + 7) >> 3);
    case 'year':
      return `#${value}`;
    case 'binary':
      return spelled(value as Buffer, modes);
    case 'geometry':
      return geometry(value as GeometryValue, type.geometryType);
    case 'vector':
      return Array.from(value as Float32Array);
    default:
      return temporal(column, String(value), modes);
  }
}

function twosComplement(value: bigint): string {
  let size = 1;
  while (BigInt.asIntN(size * 8, value) !== value) size++;
  const hex = BigInt.asUintN(size * 8, value)
    .toString(16)
    .padStart(size * 2, '0');
  return Buffer.from(hex, 'hex').toString('base64');
}

function littleEndian(value: bigint, size: number): string {
  return Buffer.from(value.toString(16).padStart(size * 2, '0'), 'hex')
    .reverse()
    .toString('base64');
}

function spelled(value: Buffer, modes: HandlingModes): string {
  if (modes.binaryHandlingMode === 'hex') return value.toString('hex');
  const text = value.toString('base64');
  return modes.binaryHandlingMode === 'base64-url-safe'
    ? text.replaceAll('+', '-').replaceAll('/', '_')
    : text;
}

function geometry(value: GeometryValue, geometryType: number): unknown {
  const rest = { wkb: value.wkb.toString('base64'), srid: value.srid === 0 ? null : `#${value.srid}` };
  return geometryType === 1 ? { x: value.wkb.readDoubleLE(5), y: value.wkb.readDoubleLE(13), ...rest } : rest;
}

function temporal(column: TableColumn, text: string, modes: HandlingModes): unknown {
  const { type } = column;
  switch (type.family) {
    case 'date': {
      const ms = utcMillis(text, modes);
      if (modes.timePrecisionMode === 'isostring') return isoText(ms, column.nullable, { cut: 10 });
      return ms === null ? (column.nullable ? null : '#0') : `#${ms / 86400000n}`;
    }
    case 'datetime': {
      const ms = utcMillis(text, modes);
      const fraction = text.split('.')[1] ?? '';
      if (modes.timePrecisionMode === 'isostring') return isoText(ms, column.nullable, { cut: 19, fraction });
      if (ms === null) return column.nullable ? null : '#0';
      return `#${inUnit(ms * 1000n + BigInt(fraction.padEnd(6, '0')), type.fsp, modes)}`;
    }
    case 'timestamp':
      if (text.startsWith('0000')) return column.nullable ? null : `1970-01-01T00:00:00${text.slice(19)}Z`;
      return `${text.replace(' ', 'T')}Z`;
    case 'time': {
      const [, sign = '', h = '0', m = '0', s = '0', fraction = ''] =
        /^(-?)(\d+):(\d+):(\d+)\.?(\d*)$/.exec(text) ?? [];
      const micros =
        (BigInt(h) * 3600n + BigInt(m) * 60n + BigInt(s)) * 1000000n + BigInt(fraction.padEnd(6, '0'));
      const signed = sign === '-' ? -micros : micros;
      const mode = modes.timePrecisionMode;
      if (mode === 'adaptive_time_microseconds') return `#${signed}`;
      if (mode !== 'connect' && mode !== 'isostring') return `#${inUnit(signed, type.fsp, modes)}`;
      if (signed < 0n || signed > 86_400_000_000n) return null;
      if (mode === 'connect') return `#${signed / 1000n}`;
      return isoText(signed / 1000n, false, { from: 11, cut: 19, fraction });
    }
    default:
      return text;
  }
}

/** Microseconds in the unit of an integer mode; a whole number of it. */
function inUnit(micros: bigint, fsp: number, { timePrecisionMode }: HandlingModes): bigint {
  if (timePrecisionMode === 'nanoseconds') return micros * 1000n;
  if (timePrecisionMode === 'microseconds') return micros;
  return fsp <= 3 || timePrecisionMode === 'connect' ? floorDiv(micros, 1000n) : micros;
}

/** JavaScript's own ISO text from `from` to `cut`, then the fraction without zeros at its end. */
function isoText(
  ms: bigint | null,
  nullable: boolean,
  { from = 0, cut, fraction = '' }: { from?: number; cut: number; fraction?: string },
): string | null {
  if (ms === null && nullable) return null;
  const digits = ms === null ? '' : fraction.replace(/0+$/, '');
  const text = new Date(Number(ms ?? 0n)).toISOString().slice(from, cut);
  return `${text}${digits === '' ? '' : `.${digits}`}Z`;
}

function floorDiv(value: bigint, by: bigint): bigint {
  return value / by - (value % by < 0n ? 1n : 0n);
}

/** Milliseconds of whole seconds, or null where JavaScript's own calendar knows no such day. */
function utcMillis(text: string, modes: HandlingModes): bigint | null {
  const [, y = '', mo = '', d = '', clock = '00:00:00'] =
    /^(\d{4})-(\d\d)-(\d\d)(?: (\d\d:\d\d:\d\d))?/.exec(text) ?? [];
  const year = Number(y);
  const adjusted = modes.enableTimeAdjuster && year < 100 ? year + (year < 70 ? 2000 : 1900) : year;
  const date = new Date(`${String(adjusted).padStart(4, '0')}-${mo}-${d}T${clock}Z`);
  const real = year > 0 && !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(d);
  return real ? BigInt(date.getTime()) : null;
}

/** JSON with every integer as `#digits`, so that no digit is lost in parsing. */
export function parseExact(json: string): unknown {
  const marked = json.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    /^-?\d+$/.test(token) ? `"#${token}"` : token,
  );
  return JSON.parse(marked);
}

/** Floating point is compared as numbers, float32 as float32: JSON holds the fewest digits that tell it. Else the value itself. */
export function comparable(value: unknown, type: ColumnType, modes: HandlingModes): unknown {
  const isFloat = type.family === 'float' || type.family === 'vector' || type.family === 'geometry';
  if (!isFloat && !(type.family === 'decimal' && modes.decimalHandlingMode === 'double')) return value;
  const single = type.family === 'vector' || (type.family === 'float' && type.bytes === 4);
  const plain = typeof value === 'string' && value.startsWith('#') ? Number(value.slice(1)) : value;
  if (Array.isArray(plain)) return plain.map((item) => comparable(item, type, modes));
  return single && typeof plain === 'number' ? Math.fround(plain) : plain;
}
