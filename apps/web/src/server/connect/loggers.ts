import { z } from 'zod';
import { parse } from './connect-body.ts';
import type { ConnectCall } from './connect-call.ts';
import { connectError } from './connect-error.ts';

/** Connect's view of a logger. */
export interface LoggerLevel {
  level: string;
  /** Milliseconds since the epoch; null: as at the start. */
  last_modified: number | null;
}

/** The one logger that there is: that of this web process. */
const ROOT = 'root';
const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const bodySchema = z.object({ level: z.string().nullish() });

/** When a process's level was last changed, by its services: kept for the answer only. */
const modified = new WeakMap<object, number>();

export function listLoggers(call: ConnectCall): Record<string, LoggerLevel> {
  return { [ROOT]: levelOf(call) };
}

/** Throws 404 for every other logger than `root`. */
export function readLogger(call: ConnectCall, name: string): LoggerLevel {
  if (name !== ROOT) throw connectError(404, `Logger ${name} not found.`);
  return levelOf(call);
}

/** Sets the level of this process; the names of the loggers changed. */
export function setLogger(call: ConnectCall, name: string): string[] {
  const level = parse(bodySchema, call.body).level?.toUpperCase();
  if (level === undefined) throw connectError(400, "Desired 'level' parameter was not specified in request.");
  readLogger(call, name);
  if (!LEVELS.includes(level)) throw connectError(404, `invalid log level '${level}'.`);
  call.services.log.level = level.toLowerCase();
  modified.set(call.services, Date.now());
  return [ROOT];
}

function levelOf({ services }: ConnectCall): LoggerLevel {
  return { level: services.log.level.toUpperCase(), last_modified: modified.get(services) ?? null };
}
