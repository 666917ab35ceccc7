import type { ColumnType, TableColumn } from '../table/table-schema.ts';
import type { WireColumn } from '../table/wire-type.ts';
import { imageOf, textOf } from './codecs.ts';
import type { ImageCodec, TextJsonWriter } from './column-codec.ts';
import {
  booleanImage,
  booleanText,
  type ColumnConversion,
  type CompiledConversion,
  rewritingConversion,
  zeroDateConversion,
} from './column-conversion.ts';
import type { HandlingModes } from './handling-modes.ts';

/** The codec of one column's row images, its conversion done. */
export function imageCodec(column: TableColumn, wire: WireColumn, modes: HandlingModes): ImageCodec {
  const { type, nullable, conversion } = column;
  if (conversion === undefined) return imageOf(type, { nullable, modes, wire });
  if (conversion.kind === 'boolean' && type.family === 'integer') {
    const context = { type, nullable, modes, wire };
    return booleanImage(context, imageOf(type, context));
  }
  const base = baseContext(conversion, { nullable, modes });
  const codec = imageOf(type, { ...base, wire });
  return compiled(conversion, type)?.image(codec) ?? codec;
}

/** The writer of one column's text-protocol cells, its conversion done. */
export function textJsonWriter(column: TableColumn, modes: HandlingModes): TextJsonWriter {
  const { type, nullable, conversion } = column;
  if (conversion === undefined) return textOf(type, { nullable, modes });
  if (conversion.kind === 'boolean' && type.family === 'integer') return booleanText;
  const writer = textOf(type, baseContext(conversion, { nullable, modes }));
  return compiled(conversion, type)?.text(writer) ?? writer;
}

interface Base {
  readonly nullable: boolean;
  readonly modes: HandlingModes;
}

/** What a conversion reads does not depend on how the pipeline writes values. */
function baseContext({ kind }: ColumnConversion, { nullable, modes }: Base): Base {
  switch (kind) {
    case 'boolean':
      return { nullable, modes };
    case 'zero-date':
      // DATE in days, DATETIME in milliseconds, TIMESTAMP as text, whatever time.precision.mode is.
      return { nullable: true, modes: { ...modes, timePrecisionMode: 'connect', enableTimeAdjuster: false } };
    default:
      return {
        nullable,
        modes: {
          ...modes,
          decimalHandlingMode: 'string',
          bigintUnsignedHandlingMode: 'long',
          binaryHandlingMode: 'base64',
        },
      };
  }
}

function compiled(conversion: ColumnConversion, type: ColumnType): CompiledConversion | null {
  switch (conversion.kind) {
    case 'boolean':
      return null;
    case 'zero-date': {
      const fallback = Buffer.from(JSON.stringify(conversion.fallback));
      return zeroDateConversion(fallback, { trims: type.family === 'timestamp' && type.fsp > 0 });
    }
    default:
      return rewritingConversion(conversion, type);
  }
}
