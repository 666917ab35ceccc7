import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyPartition, murmur2 } from './murmur2.ts';

describe('murmur2', () => {
  // Vectors of org.apache.kafka.common.utils.UtilsTest.testMurmur2.
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('hashes %s as the Java client does', (text, hash) => {
    expect(murmur2(Buffer.from(text))).toBe(hash);
  });

  it('hashes a range of a larger buffer as it hashes the range alone', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 5 }), (bytes, padding) => {
        const padded = Buffer.concat([padding, bytes, padding]);
        expect(murmur2(padded, padding.length, padding.length + bytes.length)).toBe(murmur2(bytes));
      }),
    );
  });

  it('maps a negative hash to a partition in range by clearing the sign bit', () => {
    expect(keyPartition(Buffer.from('21'), 6)).toBe((-973932308 & 0x7fffffff) % 6);
    expect(keyPartition(Buffer.from('21'), 1)).toBe(0);
  });
});
