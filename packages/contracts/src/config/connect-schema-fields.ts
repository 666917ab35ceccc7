import { z } from 'zod';
import { field } from './config-field.ts';
import { regexList } from './config-values.ts';

export const nameAdjustmentModes = ['none', 'avro', 'avro_unicode'] as const;

/** What the schemas of Connect add to records: defaults, types of the source, names. */
export const connectSchemaFields = {
  keyConverterReplaceNullWithDefault: field(z.boolean().default(true), {
    property: 'key.converter.replace.null.with.default',
    title: 'Defaults for nulls in keys',
    description:
      'A null in a key column that has a default is written as that default, as the JsonConverter of Connect does.',
  }),
  valueConverterReplaceNullWithDefault: field(z.boolean().default(true), {
    property: 'value.converter.replace.null.with.default',
    title: 'Defaults for nulls in values',
    description:
      'A null in a column that has a default is written as that default, as the JsonConverter of Connect does with schemas and without: the two can then no longer be told apart. false: a null stays a null, and `source.snapshot` of streamed records is null instead of `false`.',
  }),
  columnPropagateSourceType: field(regexList.default([]), {
    property: 'column.propagate.source.type',
    title: 'Columns with their source type',
    description:
      'Columns, as `database.table.column`, whose field schemas say how the source declares them: parameters `__debezium.source.column.type`, `.length`, `.scale`, `.comment` and `.name`. They show only in records with schemas. A masked, hashed or shortened column has none; in Debezium such a list takes the hashing from its columns, here it does not.',
    example: 'shop\\.orders\\..*',
  }),
  datatypePropagateSourceType: field(regexList.default([]), {
    property: 'datatype.propagate.source.type',
    title: 'Types with their source type',
    description:
      'The same for all columns of a declared type, as `database.table.TYPE` without length, e.g. `shop\\.orders\\.INT UNSIGNED`.',
    example: '.*\\.DECIMAL',
  }),
  schemaNameAdjustmentMode: field(z.enum(nameAdjustmentModes).default('none'), {
    property: 'schema.name.adjustment.mode',
    title: 'Schema names',
    description:
      'Characters that an Avro name cannot have. none: they stay; avro: an underscore instead; avro_unicode: `_u` and their code in hexadecimal instead. It concerns the names of schemas, not of topics.',
  }),
  fieldNameAdjustmentMode: field(z.enum(nameAdjustmentModes).default('none'), {
    property: 'field.name.adjustment.mode',
    title: 'Field names',
    description: 'The same for the names of columns in keys and values, with schemas and without.',
  }),
};
