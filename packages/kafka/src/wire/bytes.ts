/** The big-endian signed 64-bit integer at `at`, as a number: exact up to 2^53, which no offset or timestamp reaches. */
export function readInt64(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at) * 0x1_0000_0000 + bytes.readUInt32BE(at + 4);
}

/** Reads zigzag varints (Kafka's record fields) one after the other from a buffer. */
export class VarintCursor {
  readonly bytes: Buffer;
  position: number;

  constructor(bytes: Buffer, position: number) {
    this.bytes = bytes;
    this.position = position;
  }

  /** A zigzag varint or varlong, exact up to 2^53. Throws RangeError past the end of the buffer. */
  next(): number {
    const { bytes } = this;
    let position = this.position;
    let byte = at(bytes, position++);
    if (byte < 0x80) {
      this.position = position;
      return (byte >>> 1) ^ -(byte & 1);
    }
    let value = byte & 0x7f;
    let factor = 0x80;
    do {
      byte = at(bytes, position++);
      value += (byte & 0x7f) * factor;
      factor *= 0x80;
    } while (byte >= 0x80);
    this.position = position;
    const half = Math.floor(value / 2);
    return value % 2 === 0 ? half : -half - 1;
  }
}

function at(bytes: Buffer, position: number): number {
  const byte = bytes[position];
  if (byte === undefined) throw new RangeError(`The record ends early, at byte ${position}.`);
  return byte;
}
