import { isUtf8 } from 'node:buffer';
import type { Payload } from '@sealane/contracts/api/topics';

/** Bytes shown of a payload in a list; the single-message operation shows it whole. */
export const LIST_PAYLOAD_BYTES = 20_480;

const SCALAR = /^\s*(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|"[^"\\]*")\s*$/;
const LONGEST_SCALAR = 1024;

/** Bytes as people read them: text keeps its exact characters, everything else is base64. Cut at `maxBytes`. */
export function toPayload(bytes: Buffer | null, maxBytes: number): Payload {
  if (bytes === null) return { kind: 'null', text: null, bytes: 0, truncated: false };
  if (bytes.length === 0) return { kind: 'empty', text: '', bytes: 0, truncated: false };
  const truncated = bytes.length > maxBytes;
  const shown = truncated ? bytes.subarray(0, maxBytes) : bytes;
  const size = { bytes: bytes.length, truncated };
  if (!isText(bytes)) return { kind: 'binary', text: shown.toString('base64'), ...size };
  // `stream` holds back a character that the cut went through.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(shown, { stream: truncated });
  return { kind: looksLikeJson(bytes) ? 'json' : 'text', text, ...size };
}

/** UTF-8 without control characters other than white space. */
function isText(bytes: Buffer): boolean {
  if (!isUtf8(bytes)) return false;
  for (const byte of bytes) {
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) return false;
  }
  return true;
}

/** Judged by both ends only: payloads are never parsed here, so that digits stay what they are. */
function looksLikeJson(bytes: Buffer): boolean {
  const first = bytes[edge(bytes, 0, 1)];
  const last = bytes[edge(bytes, bytes.length - 1, -1)];
  if ((first === 0x7b && last === 0x7d) || (first === 0x5b && last === 0x5d)) return true;
  return bytes.length <= LONGEST_SCALAR && SCALAR.test(bytes.toString('utf8'));
}

function edge(bytes: Buffer, start: number, step: 1 | -1): number {
  let index = start;
  while (index >= 0 && index < bytes.length && (bytes[index] ?? 33) <= 32) index += step;
  return index;
}
