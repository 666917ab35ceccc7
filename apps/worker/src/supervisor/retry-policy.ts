import type { ErrorReportJson } from '@sealane/contracts/pipeline-state';

/**
 * What to do after a failed run.
 * - `backoff`: shown as waiting, tried again soon and then ever less often
 * - `watch`: shown as failed, since a person has to mend something, but outside of Sealane (a grant, a password,
 *   a broker's rule): tried again at a calm pace, so that the pipeline recovers by itself once that is done
 * - `never`: failed until a person acts here, since another try would change nothing or could lose data
 */
export type RetryPolicy = 'backoff' | 'watch' | 'never';

/** Prefixes of codes whose cause lies on the server or broker. A lost binlog position is not among them. */
const MENDED_OUTSIDE = [
  'SOURCE_',
  'DUPLICATE_SERVER_ID',
  'BINLOG_DISABLED',
  'BINLOG_FORMAT',
  'BINLOG_ROW',
  'KAFKA_',
];

/** Decides by the error alone; `retriable` comes first. */
export function retryPolicy(error: ErrorReportJson): RetryPolicy {
  if (error.retriable) return 'backoff';
  return MENDED_OUTSIDE.some((prefix) => error.code.startsWith(prefix)) ? 'watch' : 'never';
}
