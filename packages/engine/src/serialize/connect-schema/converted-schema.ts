import { type ColumnConversion, convertedNullable } from '@sealane/binlog/columns/column-conversion';
import type { ColumnType } from '@sealane/binlog/table/table-schema';
import { type ConnectSchema, optional, string } from './connect-schema.ts';

/** The schema of a converted column. Source: Debezium 3.5 and 3.7, `io.debezium.connector.binlog.converters`. */
export function convertedSchema(
  conversion: ColumnConversion,
  type: ColumnType,
  nullable: boolean,
): ConnectSchema {
  const schema = plainSchema(conversion, type);
  return convertedNullable(conversion, nullable) ? optional(schema) : schema;
}

function plainSchema(conversion: ColumnConversion, type: ColumnType): ConnectSchema {
  switch (conversion.kind) {
    case 'boolean':
      return { type: 'boolean' };
    case 'small-boolean':
      return { type: 'int16' };
    case 'real':
      return { type: conversion.bytes === 4 ? 'float' : 'double' };
    case 'text':
      return { ...string, parameters: { '__debezium.source.column.character_set': conversion.charset } };
    case 'zero-date':
      return zeroDateSchema(type);
  }
}

function zeroDateSchema({ family }: ColumnType): ConnectSchema {
  if (family === 'date') return { type: 'int32', name: 'io.debezium.time.Date', version: 1 };
  if (family === 'datetime') return { type: 'int64', name: 'io.debezium.time.Timestamp', version: 1 };
  return { type: 'string', name: 'io.debezium.time.ZonedTimestamp', version: 1 };
}
