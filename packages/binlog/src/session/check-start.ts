import { SealaneError } from '@sealane/errors/sealane-error';
import type { Connection } from 'mysql2/promise';
import { MysqlGtidSet } from '../gtid/mysql-gtid-set.ts';
import { binlogDisabled, type ErrorContext, positionPurged, toConnectionError } from './connection-errors.ts';
import { listBinlogFiles, readCurrentPosition } from './current-position.ts';
import type { ServerInfo } from './server-info.ts';
import type { BinlogPosition, StartPosition } from './session-options.ts';

export interface StartCheck {
  readonly connection: Connection;
  readonly server: ServerInfo;
  readonly start: StartPosition;
  readonly context: ErrorContext;
}

/** A start position that the server can serve, and how errors about it name it. */
export interface CheckedStart {
  readonly start: StartPosition;
  readonly startedAt: BinlogPosition;
  readonly context: ErrorContext;
}

/**
 * Resolves `current` to a place and refuses a place that is gone before the dump is requested, so that the error
 * names what is still there. Throws BINLOG_DISABLED, BINLOG_POSITION_PURGED or BINLOG_GTID_DISABLED.
 */
export async function checkStart(check: StartCheck): Promise<CheckedStart> {
  const { server, start } = check;
  if (!server.logBin) throw binlogDisabled(check.context);
  if (start.kind === 'current') return currentStart(check);
  const available = await availableFiles(check);
  const context: ErrorContext = { ...check.context, wanted: wantedText(start), available: available.text };
  if (start.kind === 'gtid') {
    checkGtids(server, start.gtidSet, context);
    return { start, startedAt: { file: '', position: 4, gtidSet: start.gtidSet }, context };
  }
  if (available.files.length > 0 && !available.files.includes(start.file)) {
    throw positionPurged(context, `The server has ${available.text}.`);
  }
  return { start, startedAt: { file: start.file, position: start.position, gtidSet: null }, context };
}

async function currentStart({ connection, server, context }: StartCheck): Promise<CheckedStart> {
  try {
    const startedAt = await readCurrentPosition(connection, server);
    const start: StartPosition = { kind: 'file', file: startedAt.file, position: startedAt.position };
    return { start, startedAt, context: { ...context, wanted: `${startedAt.file}:${startedAt.position}` } };
  } catch (thrown) {
    throw toConnectionError(thrown, context);
  }
}

function wantedText(start: StartPosition): string {
  if (start.kind === 'file') return `${start.file}:${start.position}`;
  return start.kind === 'gtid' ? `GTID ${start.gtidSet}` : 'current';
}

/** A user without the privilege to list files may still stream; the server then checks the position itself. */
async function availableFiles({
  connection,
  context,
}: StartCheck): Promise<{ files: readonly string[]; text: string }> {
  try {
    const files = (await listBinlogFiles(connection)).map((entry) => entry.file);
    return { files, text: files.length === 0 ? 'no binlog files' : `${files[0]} to ${files.at(-1)}` };
  } catch (thrown) {
    const error = toConnectionError(thrown, context);
    if (error.code !== 'SOURCE_MISSING_GRANT') throw error;
    return { files: [], text: 'unknown: the user may not list binlog files' };
  }
}

function checkGtids(server: ServerInfo, gtidSet: string, context: ErrorContext): void {
  if (server.flavor === 'mariadb') return;
  if (!server.gtidEnabled) {
    throw new SealaneError({
      code: 'BINLOG_GTID_DISABLED',
      message: 'The server cannot resume by GTID.',
      why: `gtid_mode is ${server.gtidMode ?? 'unknown'}.`,
      remedy: 'Switch gtid_mode to ON, or resume by binlog file and position.',
    });
  }
  const missing = MysqlGtidSet.parse(server.gtidPurged).subtract(MysqlGtidSet.parse(gtidSet));
  if (!missing.isEmpty) throw positionPurged(context, `The server has purged the transactions ${missing}.`);
}
