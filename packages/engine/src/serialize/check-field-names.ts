import type { TableSchema } from '@sealane/binlog/table/table-schema';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { NameAdjuster } from './connect-schema/adjust-names.ts';

/**
 * Throws where `field.name.adjustment.mode` gives two captured columns one name: an object cannot have both. Connect refuses such a
 * schema (`Cannot create field because of field name duplication`), which ends Debezium's task, too.
 */
export function checkFieldNames(
  schema: TableSchema,
  { included, fieldName }: { included: (ordinal: number) => boolean; fieldName: NameAdjuster },
): void {
  const columns = new Map<string, string>();
  for (const { name, ordinal } of schema.columns) {
    if (!included(ordinal)) continue;
    const field = fieldName(name);
    const other = columns.get(field);
    if (other !== undefined) throw sameField(schema, { field, names: [other, name] });
    columns.set(field, name);
  }
}

function sameField(
  { database, table }: TableSchema,
  { field, names }: { field: string; names: readonly [string, string] },
): SealaneError {
  return new SealaneError({
    code: 'FIELD_NAMES_COLLIDE',
    message: `Two columns of ${database}.${table} would be one field of its records.`,
    why: `field.name.adjustment.mode makes ${field} of both ${names[0]} and ${names[1]}.`,
    remedy:
      'Choose field.name.adjustment.mode = avro_unicode, which keeps names apart, or none; or leave one of the columns out with column.exclude.list.',
    details: { database, table, columns: names.join(',') },
  });
}
