import { z } from 'zod';
import { field } from './config-field.ts';

export const decimalHandlingModes = ['precise', 'double', 'string'] as const;
export const bigintUnsignedHandlingModes = ['long', 'precise'] as const;
export const binaryHandlingModes = ['bytes', 'base64', 'base64-url-safe', 'hex'] as const;
export const timePrecisionModes = [
  'adaptive_time_microseconds',
  'connect',
  'isostring',
  'microseconds',
  'nanoseconds',
] as const;
export const convertingFailureModes = ['warn', 'fail', 'skip'] as const;

/** How column values become JSON. */
export const valueFields = {
  decimalHandlingMode: field(z.enum(decimalHandlingModes).default('precise'), {
    property: 'decimal.handling.mode',
    title: 'Decimals',
    description: 'precise: base64 of the unscaled value; string: digits as text; double: loses digits.',
  }),
  bigintUnsignedHandlingMode: field(z.enum(bigintUnsignedHandlingModes).default('long'), {
    property: 'bigint.unsigned.handling.mode',
    title: 'BIGINT UNSIGNED',
    description: 'long: wraps negative above 2^63-1 as Debezium does; precise: base64 of the exact value.',
  }),
  binaryHandlingMode: field(z.enum(binaryHandlingModes).default('bytes'), {
    property: 'binary.handling.mode',
    title: 'Binary columns',
    description: 'How BINARY, VARBINARY and BLOB appear in JSON.',
  }),
  timePrecisionMode: field(z.enum(timePrecisionModes).default('adaptive_time_microseconds'), {
    property: 'time.precision.mode',
    title: 'Times',
    description:
      'DATE, TIME and DATETIME. adaptive_time_microseconds: what the column holds, TIME always in microseconds. microseconds, nanoseconds: always. connect: milliseconds. isostring: text in UTC. A TIMESTAMP is text in all of them.',
  }),
  enableTimeAdjuster: field(z.boolean().default(true), {
    property: 'enable.time.adjuster',
    title: 'Two-digit years',
    description: 'Years 0 to 69 become 2000 to 2069, years 70 to 99 become 1970 to 1999.',
  }),
  unavailableValuePlaceholder: field(z.string().default('__debezium_unavailable_value'), {
    property: 'unavailable.value.placeholder',
    title: 'Instead of missing values',
    description:
      'Stands for BLOB and TEXT values that a source with binlog_row_image=NOBLOB leaves out of its binlog; in binary columns its bytes. `hex:` before hexadecimal digits gives the bytes themselves.',
  }),
  eventConvertingFailureHandlingMode: field(z.enum(convertingFailureModes).default('warn'), {
    property: 'event.converting.failure.handling.mode',
    title: 'Values without a form',
    description:
      'A value that its mode cannot express, as a negative TIME under time.precision.mode=connect: warn and skip write null, fail stops the pipeline.',
  }),
};
