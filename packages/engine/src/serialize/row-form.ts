import type { HandlingModes } from '@sealane/binlog/columns/handling-modes';
import type { TableColumn, TableSchema } from '@sealane/binlog/table/table-schema';
import type { PipelineConfig } from '@sealane/contracts/pipeline-config';
import { fieldNameAdjuster, type NameAdjuster } from './connect-schema/adjust-names.ts';
import { defaultJson } from './connect-schema/default-json.ts';

/** What stands for NULL in a table's columns by ordinal; undefined where it is `null` in all of them. */
export type NullDefaults = (schema: TableSchema) => ((ordinal: number) => Buffer | null) | undefined;

/** How rows are written, apart from their values. */
export interface RowForm {
  readonly nulls: NullDefaults;
  readonly keyNulls: NullDefaults;
  readonly fieldName: NameAdjuster;
}

export function rowFormOf(config: PipelineConfig): RowForm {
  return {
    nulls: nullDefaults(config.valueConverterReplaceNullWithDefault, config),
    keyNulls: nullDefaults(config.keyConverterReplaceNullWithDefault, config),
    fieldName: fieldNameAdjuster(config.fieldNameAdjustmentMode),
  };
}

/**
 * `replace.null.with.default`: Connect's JsonConverter writes a column's default for its nulls, with schemas and without. Whatever it
 * says, Debezium takes the default for a zero date where null is not allowed.
 */
function nullDefaults(replaces: boolean, modes: HandlingModes): NullDefaults {
  return ({ columns }) => {
    const defaults = columns.map((column) => {
      const json = isReplaced(column, replaces) ? defaultJson(column, modes) : null;
      // The epoch, which CURRENT_TIMESTAMP gives, stands for a zero date anyway.
      return json === null || (json === '0' && !column.nullable) ? null : Buffer.from(json);
    });
    return defaults.every((json) => json === null) ? undefined : (ordinal) => defaults[ordinal] ?? null;
  };
}

function isReplaced({ nullable, type: { family } }: TableColumn, replaces: boolean): boolean {
  if (nullable) return replaces;
  return family === 'date' || family === 'datetime' || (family === 'time' && replaces);
}
