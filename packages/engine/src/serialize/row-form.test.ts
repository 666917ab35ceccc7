import { OutputBuffer } from '@sealane/binlog/bytes/output-buffer';
import { compileTextRowWriter } from '@sealane/binlog/row/text-row-writer';
import type { ColumnType, TableColumn } from '@sealane/binlog/table/table-schema';
import { type PipelineConfigInput, pipelineConfigSchema } from '@sealane/contracts/pipeline-config';
import { describe, expect, it } from 'vitest';
import { rowFormOf } from './row-form.ts';

const varchar: ColumnType = { family: 'string', kind: 'varchar', charset: 'utf8mb4', length: 40 };
const date: ColumnType = { family: 'date' };

function column(type: ColumnType, options: { defaultText: string | null; nullable?: boolean }): TableColumn {
  const declared = {
    typeName: '',
    length: null,
    scale: null,
    comment: null,
    defaultText: options.defaultText,
  };
  const { nullable = true } = options;
  return { name: 'a-b', ordinal: 0, type, nullable, primaryKeyPosition: 0, visible: true, declared };
}

/** The JSON of a row with one value, and of its key. */
function written(
  input: Partial<PipelineConfigInput>,
  only: TableColumn,
  cell: string | null,
): [row: string, key: string] {
  const config = pipelineConfigSchema.parse({ topicPrefix: 'p', ...input });
  const schema = { database: 'd', table: 't', columns: [only], primaryKey: ['a-b'] };
  const form = rowFormOf(config);
  const writer = compileTextRowWriter({
    schema,
    modes: config,
    nullJson: form.nulls(schema),
    keyNullJson: form.keyNulls(schema),
    fieldName: form.fieldName,
    rules: () => ({ kind: 'truncate', length: 1 }),
  });
  const bytes =
    cell === null ? Buffer.from([251]) : Buffer.from(`${String.fromCharCode(cell.length)}${cell}`);
  const [row, key] = [new OutputBuffer(), new OutputBuffer()];
  writer.writeRow({ bytes, end: bytes.length }, 0, row);
  writer.writeKey({ bytes, end: bytes.length }, 0, key);
  return [row.written().toString(), key.written().toString()];
}

describe('replace.null.with.default', () => {
  it('writes the whole default for a null, in values and keys', () => {
    const only = column(varchar, { defaultText: 'abc' });
    expect(written({}, only, null)).toEqual(['{"a-b":"abc"}', '{"a-b":"abc"}']);
    expect(written({}, only, 'xy')).toEqual(['{"a-b":"x"}', '{"a-b":"xy"}']);
  });

  it('keeps nulls where it is false, on either side', () => {
    const only = column(varchar, { defaultText: 'abc' });
    expect(written({ valueConverterReplaceNullWithDefault: false }, only, null)).toEqual([
      '{"a-b":null}',
      '{"a-b":"abc"}',
    ]);
    expect(written({ keyConverterReplaceNullWithDefault: false }, only, null)).toEqual([
      '{"a-b":"abc"}',
      '{"a-b":null}',
    ]);
  });

  it('counts a zero date as null; where null is not allowed the default stands for it in any case', () => {
    const nullable = column(date, { defaultText: '2024-02-29' });
    const mandatory = column(date, { defaultText: '2024-02-29', nullable: false });
    const kept = { valueConverterReplaceNullWithDefault: false };
    expect(written({}, nullable, '0000-00-00')[0]).toBe('{"a-b":19782}');
    expect(written(kept, nullable, '0000-00-00')[0]).toBe('{"a-b":null}');
    expect(written(kept, mandatory, '0000-00-00')[0]).toBe('{"a-b":19782}');
  });
});

it('names fields as Avro takes them', () => {
  const only = column(varchar, { defaultText: null });
  expect(written({ fieldNameAdjustmentMode: 'avro' }, only, 'x')).toEqual(['{"a_b":"x"}', '{"a_b":"x"}']);
});
