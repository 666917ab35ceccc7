import type { Connection, RowDataPacket } from 'mysql2/promise';
import { MariadbGtidPosition, parseMariadbGtidText } from '../gtid/mariadb-gtid-position.ts';
import { MysqlGtidSet } from '../gtid/mysql-gtid-set.ts';
import type { ServerFlavor } from './server-info.ts';
import type { FilePlace } from './session-options.ts';

/** A binlog file on the server. */
export interface BinlogFile {
  readonly file: string;
  /** Bytes; an encrypted file's header counts. */
  readonly size: number;
}

/**
 * `kept`: it is there. `purged`: deleted, as old files are. `never`: its number is above the newest one's, so that the server
 * began to count anew.
 */
export type FileState = 'kept' | 'purged' | 'never';

/** What became of a file, by the numbers in the names; `files` oldest first, not empty. */
export function fileState(file: string, files: readonly BinlogFile[]): FileState {
  if (files.some((kept) => kept.file === file)) return 'kept';
  const wanted = numbered(file);
  const newest = numbered(files.at(-1)?.file ?? '');
  if (wanted === null || newest === null || wanted.base !== newest.base) return 'purged';
  return wanted.number > newest.number ? 'never' : 'purged';
}

function numbered(file: string): { base: string; number: number } | null {
  const match = /^(.*)\.(\d+)$/.exec(file);
  return match === null ? null : { base: match[1] ?? '', number: Number(match[2]) };
}

/**
 * Why a place cannot be one where a stream of this server paused: behind the file's end, inside an event, or before a
 * transaction that `gtidSet` has already. Null: nothing speaks against it, or the user may not ask.
 */
export async function replacedBinlog(
  connection: Connection,
  {
    place,
    size,
    gtidSet,
    flavor,
  }: { place: FilePlace; size: number; gtidSet: string | null; flavor: ServerFlavor },
): Promise<string | null> {
  const { file, position } = place;
  if (position > size) return `${file} ends at ${size}, before ${position}.`;
  if (position === size || position <= 4) return null;
  try {
    const [rows] = await connection.query<(RowDataPacket & { Event_type: string; Info: string })[]>(
      'SHOW BINLOG EVENTS IN ? FROM ? LIMIT 1',
      [file, position],
    );
    const info = rows[0]?.Info ?? '';
    const gtid = /\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?::\w+)?:\d+|\d+-\d+-\d+)\b/.exec(
      info,
    )?.[0];
    if (gtid === undefined || gtidSet === null || !/gtid/i.test(rows[0]?.Event_type ?? '')) return null;
    return holds(gtidSet, gtid, flavor)
      ? `At ${file}:${position} stands transaction ${gtid}, which was delivered from elsewhere.`
      : null;
  } catch (thrown) {
    if (!isNoEvent(thrown)) return null;
    return `No event begins at ${file}:${position}: ${thrown instanceof Error ? thrown.message : ''}`;
  }
}

function holds(gtidSet: string, gtid: string, flavor: ServerFlavor): boolean {
  if (flavor === 'mariadb') return MariadbGtidPosition.parse(gtidSet).covers(parseMariadbGtidText(gtid));
  return MysqlGtidSet.parse(gtidSet).containsAll(MysqlGtidSet.parse(gtid));
}

/** 1220, ER_ERROR_WHEN_EXECUTING_COMMAND: the place is none. Whatever else went wrong, the dump will tell. */
function isNoEvent(thrown: unknown): boolean {
  return typeof thrown === 'object' && thrown !== null && 'errno' in thrown && thrown.errno === 1220;
}
