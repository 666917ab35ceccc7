import type { HandlingModes } from '@sealane/binlog/columns/handling-modes';
import type { ConnectSchema } from './connect-schema.ts';

type Modes = Pick<HandlingModes, 'timePrecisionMode'>;

function temporal(type: string, name: string): ConnectSchema {
  return { type, name, version: 1 };
}

/** Debezium's `TemporalPrecisionMode`, for DATE. */
export function dateSchema({ timePrecisionMode }: Modes): ConnectSchema {
  if (timePrecisionMode === 'connect') return temporal('int32', 'org.apache.kafka.connect.data.Date');
  if (timePrecisionMode === 'isostring') return temporal('string', 'io.debezium.time.IsoDate');
  return temporal('int32', 'io.debezium.time.Date');
}

/** For TIME. */
export function timeSchema({ timePrecisionMode }: Modes): ConnectSchema {
  switch (timePrecisionMode) {
    case 'connect':
      return temporal('int32', 'org.apache.kafka.connect.data.Time');
    case 'isostring':
      return temporal('string', 'io.debezium.time.IsoTime');
    case 'nanoseconds':
      return temporal('int64', 'io.debezium.time.NanoTime');
    default:
      return temporal('int64', 'io.debezium.time.MicroTime');
  }
}

/** For DATETIME(fsp). */
export function dateTimeSchema({ fsp }: { fsp: number }, { timePrecisionMode }: Modes): ConnectSchema {
  switch (timePrecisionMode) {
    case 'connect':
      return temporal('int64', 'org.apache.kafka.connect.data.Timestamp');
    case 'isostring':
      return temporal('string', 'io.debezium.time.IsoTimestamp');
    case 'nanoseconds':
      return temporal('int64', 'io.debezium.time.NanoTimestamp');
    case 'microseconds':
      return temporal('int64', 'io.debezium.time.MicroTimestamp');
    default:
      return temporal('int64', fsp <= 3 ? 'io.debezium.time.Timestamp' : 'io.debezium.time.MicroTimestamp');
  }
}
