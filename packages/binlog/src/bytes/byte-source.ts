import { SealaneError } from '@sealane/errors/sealane-error';

/** Bytes that are read up to `end`, never past it: an event, its decompressed body or a text-protocol row. */
export interface ByteSource {
  readonly bytes: Buffer;
  /** First offset in `bytes` that no longer belongs to this source. */
  readonly end: number;
}

/** The error for bytes that are not what the protocol says they are. */
export function malformed(what: string, details: Record<string, string | number> = {}): SealaneError {
  return new SealaneError({
    code: 'BINLOG_EVENT_MALFORMED',
    message: 'A binlog event cannot be decoded.',
    why: what,
    remedy:
      'Check the binlog file on the server (mysqlbinlog --verify-binlog-checksum); if it is intact, report this with the event.',
    details,
  });
}
