import type { Connection } from 'mysql2/promise';
import {
  binlogDisabled,
  type ErrorContext,
  gtidDisabled,
  positionInvalid,
  positionPurged,
  replicaBehind,
  toConnectionError,
} from './connection-errors.ts';
import { listBinlogFiles, readCurrentPosition } from './current-position.ts';
import { type SourceFilter, settleGtidStart } from './gtid-start.ts';
import { isReplicating } from './is-replicating.ts';
import type { ServerInfo } from './server-info.ts';
import type { BinlogPosition, FilePlace, StartPosition } from './session-options.ts';
import { type BinlogFile, fileState, replacedBinlog } from './verify-place.ts';

export interface StartCheck {
  readonly connection: Connection;
  readonly server: ServerInfo;
  readonly start: StartPosition;
  /** See `BinlogSessionOptions`. */
  readonly countsSource: SourceFilter;
  readonly context: ErrorContext;
}

/** A start position that the server can serve, and how errors about it name it. */
export interface CheckedStart {
  readonly start: StartPosition;
  readonly startedAt: BinlogPosition;
  readonly context: ErrorContext;
}

/**
 * Resolves `current` to a place and refuses a place that is gone, or that another binlog than the server's of now had,
 * before the dump is requested: servers let some of them pass and then leave out what is missing. The error names what is wanted
 * and what is there. Throws BINLOG_DISABLED, BINLOG_POSITION_PURGED, BINLOG_POSITION_INVALID, BINLOG_REPLICA_BEHIND or
 * BINLOG_GTID_DISABLED.
 */
export async function checkStart(check: StartCheck): Promise<CheckedStart> {
  const { server, start } = check;
  if (!server.logBin) throw binlogDisabled(check.context);
  if (start.kind === 'current') return currentStart(check);
  const files = await availableFiles(check);
  const context: ErrorContext = {
    ...check.context,
    wanted: wantedText(start),
    available: availableText(server, files),
  };
  const known: KnownStart = { ...check, context, files };
  return start.kind === 'gtid' ? gtidStart(known, start) : fileStart(known, start);
}

/**
 * Throws BINLOG_POSITION_INVALID when a place that a stream has reached is none of the server's binlog any more: after a RESET
 * under it, servers leave a dump waiting for ever, heartbeats and all.
 */
export async function checkReached(
  check: Pick<StartCheck, 'connection' | 'server' | 'context'>,
  place: FilePlace,
): Promise<void> {
  const start: StartPosition = { kind: 'file', ...place };
  const whole: StartCheck = { ...check, start, countsSource: () => true };
  const files = await availableFiles(whole);
  const available = availableText(check.server, files);
  const context = { ...check.context, wanted: wantedText(start), available };
  await checkPlace({ ...whole, files, context }, place, '');
}

/** A check that knows the files; null: the user may not list them. The server then checks the position itself. */
type KnownStart = StartCheck & { readonly files: readonly BinlogFile[] | null };

async function currentStart({ connection, server, context }: StartCheck): Promise<CheckedStart> {
  try {
    const startedAt = await readCurrentPosition(connection, server);
    const start: StartPosition = { kind: 'file', file: startedAt.file, position: startedAt.position };
    return { start, startedAt, context: { ...context, wanted: `${startedAt.file}:${startedAt.position}` } };
  } catch (thrown) {
    throw toConnectionError(thrown, context);
  }
}

async function fileStart(check: KnownStart, place: FilePlace): Promise<CheckedStart> {
  const { server, context } = check;
  if (typeof place.server === 'string' && place.server !== server.identity) {
    throw positionInvalid(
      context,
      `File and position are those of server ${place.server}, but this is ${server.identity}; only GTIDs hold on several servers.`,
    );
  }
  await checkPlace(check, place, null);
  const { file, position } = place;
  return { start: { kind: 'file', file, position }, startedAt: { file, position, gtidSet: null }, context };
}

async function gtidStart(
  check: KnownStart,
  { gtidSet, place }: { gtidSet: string; place?: FilePlace | null },
): Promise<CheckedStart> {
  const { server, context } = check;
  const isSameServer = typeof place?.server === 'string' && place.server === server.identity;
  if (!server.gtidEnabled) {
    if (isSameServer) return fileStart(check, place);
    throw gtidDisabled(context, `gtid_mode is ${server.gtidMode ?? 'unknown'}.`);
  }
  const settled = settleGtidStart(server, gtidSet, check.countsSource);
  if (settled.missing !== '') throw await missingGtids(check, settled);
  if (settled.purged !== '')
    throw positionPurged(context, `The server has purged the transactions ${settled.purged}.`);
  if (isSameServer) await checkPlace(check, place, gtidSet);
  return {
    start: { kind: 'gtid', gtidSet: settled.gtidSet },
    startedAt: { file: '', position: 4, gtidSet },
    context,
  };
}

async function missingGtids(
  { connection, server, context }: StartCheck,
  { missing, isMissingOwn }: { missing: string; isMissingOwn: boolean },
): Promise<Error> {
  const why = `It does not have ${missing}, which the pipeline has read before.`;
  if (isMissingOwn) return positionInvalid(context, `${why} They were its own: it was reset or restored.`);
  if (await isReplicating(connection, server.flavor)) return replicaBehind(context, why);
  return positionInvalid(context, `${why} It is no running replica that could receive them.`);
}

/** `gtidSet`: what lies before the place; null where the start goes by the place alone, which then must still be there. */
async function checkPlace(check: KnownStart, place: FilePlace, gtidSet: string | null): Promise<void> {
  const { connection, server, context, files } = check;
  if (files === null || files.length === 0) return;
  const state = fileState(place.file, files);
  if (state === 'never')
    throw positionInvalid(context, `Its newest file is ${files.at(-1)?.file}: the binlog began anew.`);
  if (state === 'purged') {
    if (gtidSet === null) throw positionPurged(context, `The server has ${filesText(files)}.`);
    return;
  }
  const size = files.find(({ file }) => file === place.file)?.size ?? 0;
  const replaced = await replacedBinlog(connection, { place, size, gtidSet, flavor: server.flavor });
  if (replaced !== null) throw positionInvalid(context, replaced);
}

function wantedText(start: StartPosition): string {
  if (start.kind === 'file') return `${start.file}:${start.position}`;
  return start.kind === 'gtid' ? `GTID ${start.gtidSet}` : 'current';
}

function availableText(server: ServerInfo, files: readonly BinlogFile[] | null): string {
  if (files === null) return 'unknown: the user may not list binlog files';
  const gtids = server.gtidExecuted === '' ? '' : `, GTID ${server.gtidExecuted}`;
  const purged = server.gtidPurged === '' ? '' : ` of which ${server.gtidPurged} are purged`;
  return `${filesText(files)}${gtids}${purged}`;
}

function filesText(files: readonly BinlogFile[]): string {
  return files.length === 0 ? 'no binlog files' : `${files[0]?.file} to ${files.at(-1)?.file}`;
}

async function availableFiles({ connection, context }: StartCheck): Promise<readonly BinlogFile[] | null> {
  try {
    return await listBinlogFiles(connection);
  } catch (thrown) {
    const error = toConnectionError(thrown, context);
    if (error.code !== 'SOURCE_MISSING_GRANT') throw error;
    return null;
  }
}
