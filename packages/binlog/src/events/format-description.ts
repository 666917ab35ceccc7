import { SealaneError } from '@sealane/errors/sealane-error';
import { malformed } from '../bytes/byte-source.ts';
import { EventType } from './event-type.ts';

/** Checksum algorithm byte of the FORMAT_DESCRIPTION event; any other value but 0 is unknown. */
const CRC32 = 1;

/** What a FORMAT_DESCRIPTION event says about the events behind it. */
export interface FormatDescription {
  readonly serverVersion: string;
  readonly flavor: 'mysql' | 'mariadb';
  /** True when every following event ends in a CRC-32. */
  readonly checksums: boolean;
}

/**
 * Reads a FORMAT_DESCRIPTION event that spans `bytes[start..end)`, checksum included: binlog version 2, server
 * version 50, created 4, header length 1, post-header lengths, algorithm 1, checksum 4. The last two are always
 * there on servers that know checksums (MySQL 5.6, MariaDB 5.3), whatever the algorithm.
 */
export function parseFormatDescription(bytes: Buffer, start: number, end: number): FormatDescription {
  const body = start + 19;
  if (end - body < 57 + EventType.DELETE_ROWS_V2 + 5)
    throw malformed('The FORMAT_DESCRIPTION event is too short.');
  const version = bytes.readUInt16LE(body);
  const headerLength = bytes[body + 56];
  const lengths = body + 57;
  const supported = version === 4 && headerLength === 19 && bytes[lengths + EventType.TABLE_MAP - 1] === 8;
  if (!supported) throw oldServer(version);
  const algorithm = bytes[end - 5];
  if (algorithm !== undefined && algorithm > CRC32 && algorithm !== 255) {
    throw malformed(`Checksum algorithm ${algorithm} is not known.`);
  }
  const text = bytes.toString('latin1', body + 2, body + 52);
  const serverVersion = text.replace(/\0.*$/s, '');
  const flavor = /mariadb/i.test(serverVersion) ? 'mariadb' : 'mysql';
  return { serverVersion, flavor, checksums: algorithm === CRC32 };
}

function oldServer(version: number): SealaneError {
  return new SealaneError({
    code: 'BINLOG_EVENT_UNSUPPORTED',
    message: 'The binlog has a format that Sealane does not read.',
    why: `It is of version ${version}, or its events have lengths of a server older than MySQL 5.6 and MariaDB 10.0.`,
    remedy: 'Stream from MySQL 5.7 or MariaDB 10.6 or newer.',
  });
}
