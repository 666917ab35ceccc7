import {
  type CodecContext,
  cellText,
  type ImageCodec,
  type ImageContext,
  type TextJsonWriter,
} from './column-codec.ts';
import { appendDouble, appendFloat } from './java-floats.ts';
import { withNativeForm } from './native-form.ts';

/** Row images of FLOAT and DOUBLE: IEEE 754, little-endian. */
export function floatImage({ type }: ImageContext<'float'>): ImageCodec {
  const single = type.bytes === 4;
  const codec: ImageCodec = {
    minBytes: type.bytes,
    maxFixedJson: 0,
    readValue: (src, pos) => (single ? src.bytes.readFloatLE(pos) : src.bytes.readDoubleLE(pos)),
    skip: (_src, pos) => pos + type.bytes,
    writeJson: single
      ? (src, pos, out) => {
          appendFloat(out, src.bytes.readFloatLE(pos));
          return pos + 4;
        }
      : (src, pos, out) => {
          appendDouble(out, src.bytes.readDoubleLE(pos));
          return pos + 8;
        },
  };
  return withNativeForm(codec, { kind: single ? 'float' : 'double' });
}

/**
 * Server text of FLOAT and DOUBLE. A bare FLOAT column prints six digits only, so the SELECT list asks for
 * `column + 0e0`, whose text is the exact double of the float.
 */
export function floatText({ type }: CodecContext<'float'>): TextJsonWriter {
  if (type.bytes === 4) return (cell, out) => appendFloat(out, Math.fround(Number(cellText(cell))));
  return (cell, out) => appendDouble(out, Number(cellText(cell)));
}
