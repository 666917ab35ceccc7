import { appendBinary } from '../bytes/base64.ts';
import { malformed } from '../bytes/byte-source.ts';
import type { OutputBuffer } from '../bytes/output-buffer.ts';
import type {
  CodecContext,
  GeometryValue,
  ImageCodec,
  ImageContext,
  TextJsonWriter,
} from './column-codec.ts';
import { appendDouble } from './java-floats.ts';
import { prefixBytes, valueEnd } from './var-length.ts';

const POINT = 1;
/** SRID, byte order, geometry type, x, y. */
const POINT_BYTES = 25;

/** The servers store a geometry as its SRID (4 bytes, little-endian) and then its WKB. */
function geometryOf(stored: Buffer): GeometryValue {
  if (stored.length < 4) throw malformed(`A geometry of ${stored.length} bytes has no SRID.`);
  return { srid: stored.readUInt32LE(0), wkb: stored.subarray(4) };
}

/** `{x, y, wkb, srid}` for POINT columns, `{wkb, srid}` for others; SRID 0 is null (Debezium's geometry structs). */
function appendGeometry(stored: Buffer, out: OutputBuffer, geometryType: number): void {
  const { srid, wkb } = geometryOf(stored);
  out.appendText('{');
  if (geometryType === POINT) {
    if (stored.length !== POINT_BYTES) throw malformed(`A point of ${stored.length} bytes does not exist.`);
    const little = wkb[0] === 1;
    out.appendText('"x":');
    appendDouble(out, little ? wkb.readDoubleLE(5) : wkb.readDoubleBE(5));
    out.appendText(',"y":');
    appendDouble(out, little ? wkb.readDoubleLE(13) : wkb.readDoubleBE(13));
    out.appendText(',');
  }
  out.appendText('"wkb":');
  appendBinary(wkb, out, { spelling: 'base64' });
  out.appendText(`,"srid":${srid === 0 ? 'null' : srid}}`);
}

/** Row images of spatial columns: a length prefix, SRID, WKB. */
export function geometryImage({ type, wire }: ImageContext<'geometry'>): ImageCodec {
  const prefix = prefixBytes(wire);
  return {
    minBytes: prefix,
    maxFixedJson: 0,
    readValue: (src, pos) => geometryOf(src.bytes.subarray(pos + prefix, valueEnd(src, pos, prefix))),
    skip: (src, pos) => valueEnd(src, pos, prefix),
    writeJson: (src, pos, out) => {
      const end = valueEnd(src, pos, prefix);
      appendGeometry(src.bytes.subarray(pos + prefix, end), out, type.geometryType);
      return end;
    },
  };
}

/** The text protocol sends the stored bytes. */
export function geometryText({ type }: CodecContext<'geometry'>): TextJsonWriter {
  return (cell, out) => appendGeometry(cell.bytes.subarray(cell.start, cell.end), out, type.geometryType);
}
