import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BytesComparer, knownBytes } from './same-bytes.ts';

describe('bytes compared with known ones', () => {
  it('are the same exactly where every byte is, wherever they lie in whichever buffer', () => {
    const comparer = new BytesComparer();
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.uint8Array({ maxLength: 9 }),
        fc.option(fc.tuple(fc.nat(39), fc.integer({ min: 1, max: 255 }))),
        (bytes, before, change) => {
          const buffer = Buffer.concat([before, bytes, before]);
          const known = knownBytes(bytes);
          const isChanged = change !== null && change[0] < bytes.length;
          if (isChanged) {
            const at = before.length + change[0];
            buffer[at] = (buffer[at] as number) ^ change[1];
          }
          expect(comparer.isSame(buffer, before.length, known)).toBe(!isChanged);
        },
      ),
    );
  });

  it('are a copy: what becomes of the original changes nothing', () => {
    const original = Buffer.from('table');
    const known = knownBytes(original);
    original.fill(0);
    expect(new BytesComparer().isSame(Buffer.from('a table'), 2, known)).toBe(true);
  });
});
