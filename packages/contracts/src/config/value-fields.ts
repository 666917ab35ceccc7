import { z } from 'zod';
import { field } from './config-field.ts';

export const decimalHandlingModes = ['precise', 'double', 'string'] as const;
export const bigintUnsignedHandlingModes = ['long', 'precise'] as const;
export const binaryHandlingModes = ['bytes', 'base64', 'base64-url-safe', 'hex'] as const;
export const timePrecisionModes = ['adaptive_time_microseconds', 'connect'] as const;

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
    description: 'adaptive_time_microseconds keeps what the column holds; connect is milliseconds.',
  }),
};
