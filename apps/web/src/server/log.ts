import { type Logger, pino } from 'pino';

/** The log of the web process: one JSON line per entry on standard output. */
export type Log = Logger;

const SECRET_PATHS = [
  'password',
  '*.password',
  'token',
  '*.token',
  'headers.authorization',
  'headers.cookie',
];

/** Secrets that end up in an entry by mistake are blotted out. */
export function createLog(level: string): Log {
  return pino({ level, base: { app: 'web' }, redact: { paths: SECRET_PATHS, censor: '[secret]' } });
}
