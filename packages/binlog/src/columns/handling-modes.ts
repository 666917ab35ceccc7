/** How values become JSON; names and meanings are Debezium's connector properties of the same name. */
export interface HandlingModes {
  /** `precise`: base64 of the big-endian two's-complement unscaled value; `double`: number; `string`: plain text. */
  readonly decimalHandlingMode: 'precise' | 'double' | 'string';
  /** `long`: wraps negative above 2^63-1; `precise`: base64 as a decimal of scale 0. */
  readonly bigintUnsignedHandlingMode: 'long' | 'precise';
  /** `bytes` and `base64` are the same text in JSON. */
  readonly binaryHandlingMode: 'bytes' | 'base64' | 'base64-url-safe' | 'hex';
  /**
   * `adaptive_time_microseconds`: TIME in microseconds, DATETIME in microseconds where the column has them;
   * `connect`: milliseconds; `microseconds`, `nanoseconds`: always; `isostring`: text in UTC. A TIMESTAMP is text in all of them.
   */
  readonly timePrecisionMode:
    | 'adaptive_time_microseconds'
    | 'connect'
    | 'isostring'
    | 'microseconds'
    | 'nanoseconds';
  /** What becomes of a value that has no form in its mode (a TIME that is no time of day): `fail` throws, the others write null. */
  readonly eventConvertingFailureHandlingMode: 'warn' | 'fail' | 'skip';
  /** Years 0 to 69 become 2000 to 2069, 70 to 99 become 1970 to 1999 (`enable.time.adjuster`). */
  readonly enableTimeAdjuster: boolean;
}

/** Debezium's defaults. */
export const DEFAULT_HANDLING_MODES: HandlingModes = {
  decimalHandlingMode: 'precise',
  bigintUnsignedHandlingMode: 'long',
  binaryHandlingMode: 'bytes',
  timePrecisionMode: 'adaptive_time_microseconds',
  enableTimeAdjuster: true,
  eventConvertingFailureHandlingMode: 'warn',
};
