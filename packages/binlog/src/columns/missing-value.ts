import { OutputBuffer } from '../bytes/output-buffer.ts';
import type { TableColumn } from '../table/table-schema.ts';
import { type ColumnRule, compileRule } from './column-rule.ts';
import { textJsonWriter } from './converted-codecs.ts';
import type { HandlingModes } from './handling-modes.ts';

export interface MissingValueOptions {
  placeholder: Buffer;
  modes: HandlingModes;
  rule: ColumnRule | undefined;
}

/** True for the types whose values `binlog_row_image=NOBLOB` leaves out where they did not change: not MySQL's JSON, nor spatial ones. */
export function mayBeLeftOut({ type }: TableColumn): boolean {
  if (type.family === 'string') return type.kind === 'text';
  return type.family === 'binary' && type.kind === 'blob';
}

/**
 * The JSON that stands for a value that is not in a row image: the placeholder as if it were the value, with the column's rule applied
 * (Debezium 3.7, `BinlogValueConverters`).
 */
export function missingJson(column: TableColumn, { placeholder, modes, rule }: MissingValueOptions): Buffer {
  const out = new OutputBuffer({ initialBytes: 256 });
  const plain = textJsonWriter(column, modes);
  const writer = rule === undefined ? plain : (compileRule(rule, column, modes)?.text(plain) ?? plain);
  writer({ bytes: placeholder, start: 0, end: placeholder.length }, out);
  return out.copyFrom();
}
