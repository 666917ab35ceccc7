import type { ColumnType } from '../table/table-schema.ts';
import type { WireColumn } from '../table/wire-type.ts';
import { binaryImage, binaryText } from './binary.ts';
import { bitImage, bitText } from './bit.ts';
import type { ImageCodec, TextJsonWriter } from './column-codec.ts';
import { dateTimeColumnText, dateTimeImage } from './datetime.ts';
import { decimalImage, decimalText } from './decimal.ts';
import { enumImage, labelText, setImage } from './enum-set.ts';
import { floatImage, floatText } from './float.ts';
import { geometryImage, geometryText } from './geometry.ts';
import type { HandlingModes } from './handling-modes.ts';
import { integerImage, integerText } from './integers.ts';
import { jsonImage, jsonText } from './json.ts';
import { stringImage, stringText } from './strings.ts';
import { timeColumnText, timeImage } from './time.ts';
import { timestampImage, timestampText } from './timestamp.ts';
import { fixedBinaryImage, fixedBinaryText } from './uuid-inet.ts';
import { vectorImage, vectorText } from './vector.ts';
import { dateColumnText, dateImage, yearImage, yearText } from './year-date.ts';

interface TextContext {
  readonly nullable: boolean;
  readonly modes: HandlingModes;
}

interface Context extends TextContext {
  readonly wire: WireColumn;
}

/** The codec of a type's row images. */
export function imageOf(type: ColumnType, context: Context): ImageCodec {
  switch (type.family) {
    case 'integer':
      return integerImage({ ...context, type });
    case 'decimal':
      return decimalImage({ ...context, type });
    case 'float':
      return floatImage({ ...context, type });
    case 'bit':
      return bitImage({ ...context, type });
    case 'year':
      return yearImage({ ...context, type });
    case 'date':
      return dateImage({ ...context, type });
    case 'time':
      return timeImage({ ...context, type });
    case 'datetime':
      return dateTimeImage({ ...context, type });
    case 'timestamp':
      return timestampImage({ ...context, type });
    case 'string':
      return stringImage({ ...context, type });
    case 'binary':
      return binaryImage({ ...context, type });
    default:
      return specialImage(type, context);
  }
}

type SpecialType = Extract<
  ColumnType,
  { family: 'enum' | 'set' | 'json' | 'geometry' | 'vector' | 'uuid' | 'inet6' | 'inet4' }
>;

function specialImage(type: SpecialType, context: Context): ImageCodec {
  switch (type.family) {
    case 'enum':
      return enumImage({ ...context, type });
    case 'set':
      return setImage({ ...context, type });
    case 'json':
      return jsonImage({ ...context, type });
    case 'geometry':
      return geometryImage({ ...context, type });
    case 'vector':
      return vectorImage({ ...context, type });
    default:
      return fixedBinaryImage({ ...context, type });
  }
}

/** The writer of a type's text-protocol cells. */
export function textOf(type: ColumnType, { nullable, modes }: TextContext): TextJsonWriter {
  switch (type.family) {
    case 'integer':
      return integerText({ type, nullable, modes });
    case 'decimal':
      return decimalText({ type, nullable, modes });
    case 'float':
      return floatText({ type, nullable, modes });
    case 'bit':
      return bitText({ type, nullable, modes });
    case 'year':
      return yearText({ type, nullable, modes });
    case 'date':
      return dateColumnText({ type, nullable, modes });
    case 'time':
      return timeColumnText({ type, nullable, modes });
    case 'datetime':
      return dateTimeColumnText({ type, nullable, modes });
    case 'timestamp':
      return timestampText({ type, nullable, modes });
    default:
      return specialText(type, { nullable, modes });
  }
}

type TextSpecial = SpecialType | Extract<ColumnType, { family: 'string' | 'binary' }>;

function specialText(type: TextSpecial, context: TextContext): TextJsonWriter {
  switch (type.family) {
    case 'string':
      return stringText({ ...context, type });
    case 'binary':
      return binaryText({ ...context, type });
    case 'enum':
      return labelText({ ...context, type });
    case 'set':
      return labelText({ ...context, type });
    case 'json':
      return jsonText({ ...context, type });
    case 'geometry':
      return geometryText({ ...context, type });
    case 'vector':
      return vectorText({ ...context, type });
    default:
      return fixedBinaryText({ ...context, type });
  }
}
