import { SealaneError } from '@sealane/errors/sealane-error';
import type { ImageCodec } from '../columns/column-codec.ts';
import { convertedNull } from '../columns/column-conversion.ts';
import { compileRule } from '../columns/column-rule.ts';
import { imageCodec } from '../columns/converted-codecs.ts';
import type { HandlingModes } from '../columns/handling-modes.ts';
import { mayWriteNull, replacingNull } from '../columns/null-replacement.ts';
import type { TableColumn } from '../table/table-schema.ts';
import { type WireColumn, wireColumn } from '../table/wire-type.ts';
import type { RowCodecOptions } from './row-writer-types.ts';

/** One column of a row image, in image order. */
export interface ImageColumn {
  readonly column: TableColumn;
  /** Of its member in the JSON object. */
  readonly name: string;
  readonly codec: ImageCodec;
  readonly included: boolean;
  /** What stands for NULL, where that is not `null`. */
  readonly nullJson: Buffer | null;
}

/** True when bit `index` of a little-endian bitmap is set. */
export function hasBit(bitmap: Uint8Array, index: number): boolean {
  return ((bitmap[index >> 3] ?? 0) & (1 << (index & 7))) !== 0;
}

/** The columns that are in the image, with their codecs. Throws `TABLE_SCHEMA_MISMATCH` when schema and table map differ in size. */
export function imageColumns(options: RowCodecOptions): readonly ImageColumn[] {
  const { schema, tableMap, modes, present } = options;
  if (schema.columns.length !== tableMap.types.length) {
    throw new SealaneError({
      code: 'TABLE_SCHEMA_MISMATCH',
      message: `The schema of ${schema.database}.${schema.table} does not fit its binlog events.`,
      why: `The schema has ${schema.columns.length} columns, the binlog says ${tableMap.types.length}.`,
      remedy: 'Read the schema again; if the table was altered, take a new snapshot of it.',
    });
  }
  const included = options.included ?? (() => true);
  return schema.columns
    .filter((column) => present === null || hasBit(present, column.ordinal))
    .map((column) => {
      const wire = wireColumn(tableMap.types[column.ordinal] ?? 0, tableMap.metadata[column.ordinal] ?? 0);
      const nullJson = options.nullJson?.(column.ordinal) ?? null;
      const codec = codecOf(column, wire, { modes, nullJson });
      const asked = options.rules?.(column.ordinal);
      const rule = asked === undefined ? null : compileRule(asked, column, modes);
      return {
        column,
        name: options.fieldName?.(column.name) ?? column.name,
        codec: rule === null ? codec : rule.image(codec),
        included: included(column.ordinal),
        nullJson: rule?.nullJson ?? convertedNull(column.conversion) ?? nullJson,
      };
    });
}

/** A codec that writes `nullJson` for the values without a form, too. */
function codecOf(
  column: TableColumn,
  wire: WireColumn,
  { modes, nullJson }: { modes: HandlingModes; nullJson: Buffer | null },
): ImageCodec {
  if (nullJson === null || !mayWriteNull(column.type)) return imageCodec(column, wire, modes);
  return replacingNull(imageCodec({ ...column, nullable: true }, wire, modes), nullJson);
}
