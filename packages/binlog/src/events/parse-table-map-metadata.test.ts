import { expect, it } from 'vitest';
import { WireType } from '../table/wire-type.ts';
import { EventType } from './event-type.ts';
import { parseTableMap } from './parse-table-map.ts';
import { RawEvent } from './raw-event.ts';

it('counts VECTOR among the columns that have a charset, as MySQL does', () => {
  const body = [
    [...Buffer.alloc(8), 1, 0x64, 0, 1, 0x74, 0],
    // BINARY(7), VECTOR, CHAR(255) and their metadata; no column is nullable.
    [3, WireType.STRING, WireType.VECTOR, WireType.STRING, 5, 0xfe, 0x07, 4, 0xce, 0xfc, 0],
    // Default charset: binary, and utf8mb4 (255) for the third of the columns that have one.
    [2, 5, 63, 2, 252, 255, 0],
  ];
  const bytes = Buffer.from([...Buffer.alloc(19), ...body.flat()]);
  bytes[4] = EventType.TABLE_MAP;
  expect(parseTableMap(new RawEvent(bytes, 0, bytes.length)).optional.collations).toEqual([63, 63, 255]);
});
