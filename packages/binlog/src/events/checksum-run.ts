import { u32le } from '../bytes/fixed-ints.ts';
import { CRC_POLYNOMIAL, checksumMismatch, crc32, crcStep } from './checksum.ts';
import { EVENT_HEADER_BYTES } from './raw-event.ts';

/** A MySQL packet's head (length 3, sequence 1) and the status byte in front of an event. */
const PACKET_HEAD_BYTES = 5;
const CHECKSUM_BYTES = 4;
/** CRC-32 of any bytes followed by their own CRC-32, little-endian. */
const RESIDUE = 0x2144df1c;
/** What the register of the CRC holds before the first byte. */
const INITIAL = -1;

/** The register before a zero byte that left it as `register`. */
function stepBack(register: number): number {
  let value = register;
  for (let bit = 0; bit < 8; bit++) value = value < 0 ? ((value ^ CRC_POLYNOMIAL) << 1) | 1 : value << 1;
  return value;
}

/** Four bytes, as a little-endian word, that bring the register from the residue and a zero byte back to its initial state. */
function linkWord(): number {
  let wanted = INITIAL;
  for (let byte = 0; byte < 4; byte++) wanted = stepBack(wanted);
  return wanted ^ crcStep(~RESIDUE, 0);
}

const LINK = linkWord();

/**
 * Verifies the checksums of neighbouring events in one pass of the CRC, which for small events costs less than a tenth
 * of a call for each. Behind an intact event the CRC's register holds a constant; five bytes of our choice take it
 * back to its initial state. The packet heads between the events are exactly five bytes, and nobody needs them any
 * more: filled with those, a run of intact events sums up to the residue of one. Damage anywhere in it changes the sum.
 *
 * `add` for every event in the order of arrival; `verify` before any of them is believed.
 */
export class ChecksumRun {
  #bytes: Buffer | null = null;
  #start = 0;
  #end = 0;

  /** Takes the event at `bytes[start..end)`, checksum included. Throws as `verify` when it does not continue the run. */
  add(bytes: Buffer, start: number, end: number): void {
    if (bytes === this.#bytes && start === this.#end + PACKET_HEAD_BYTES) {
      const head = this.#end;
      bytes[head] = 0;
      bytes[head + 1] = LINK & 0xff;
      bytes[head + 2] = (LINK >>> 8) & 0xff;
      bytes[head + 3] = (LINK >>> 16) & 0xff;
      bytes[head + 4] = LINK >>> 24;
    } else {
      this.verify();
      this.#bytes = bytes;
      this.#start = start;
    }
    this.#end = end;
  }

  /** Throws `BINLOG_EVENT_MALFORMED` unless every event added since the last call is intact. */
  verify(): void {
    const bytes = this.#bytes;
    if (bytes === null) return;
    this.#bytes = null;
    if (crc32(bytes, this.#start, this.#end) !== RESIDUE) throw this.#damage(bytes);
  }

  /** Names the first damaged event, by the lengths that the event headers give. */
  #damage(bytes: Buffer): Error {
    for (let at = this.#start; at + EVENT_HEADER_BYTES <= this.#end; ) {
      const end = at + u32le(bytes, at + 9);
      const isIntact =
        end <= this.#end &&
        end > at &&
        crc32(bytes, at, end - CHECKSUM_BYTES) === u32le(bytes, end - CHECKSUM_BYTES);
      if (!isIntact) return checksumMismatch(bytes[at + 4] as number, u32le(bytes, at + 13));
      at = end + PACKET_HEAD_BYTES;
    }
    return checksumMismatch(bytes[this.#start + 4] as number, u32le(bytes, this.#start + 13));
  }
}
