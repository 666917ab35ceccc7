import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseKeyring } from './keyring.ts';
import { createSecretBox } from './secret-box.ts';

const oldKey = `old:${Buffer.alloc(32, 1).toString('hex')}`;
const newKey = `new:${Buffer.alloc(32, 2).toString('hex')}`;
const box = createSecretBox(parseKeyring(oldKey));

describe('a sealed secret', () => {
  it('opens to the same text at its place, and never holds the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 8 }), fc.string(), (secret, place) => {
        const sealed = box.seal(secret, place);
        expect(box.open(sealed, place)).toBe(Buffer.from(secret).toString());
        expect(sealed).not.toContain(secret);
      }),
    );
  });

  it('differs each time, so that equal passwords cannot be told', () => {
    expect(box.seal('secret', 'a')).not.toBe(box.seal('secret', 'a'));
  });

  it('does not open at another place, such as a row that someone copied it to', () => {
    const sealed = box.seal('secret', 'source/1/password');
    expect(() => box.open(sealed, 'source/2/password')).toThrow(
      expect.objectContaining({ code: 'SECRET_UNREADABLE' }),
    );
  });

  it('does not open when any byte was changed', () => {
    const sealed = box.seal('secret', 'a');
    for (let index = sealed.lastIndexOf('.') + 1; index < sealed.length - 1; index += 1) {
      const changed = sealed.slice(0, index) + (sealed[index] === 'A' ? 'B' : 'A') + sealed.slice(index + 1);
      expect(() => box.open(changed, 'a')).toThrow(expect.objectContaining({ code: 'SECRET_UNREADABLE' }));
    }
  });

  it('still opens after the key was rotated, and is known to be stale', () => {
    const sealed = box.seal('secret', 'a');
    const rotated = createSecretBox(parseKeyring(`${newKey},${oldKey}`));
    expect(rotated.open(sealed, 'a')).toBe('secret');
    expect(rotated.isStale(sealed)).toBe(true);
    expect(rotated.isStale(rotated.seal('secret', 'a'))).toBe(false);
  });

  it('names the missing key when its key is gone', () => {
    const sealed = box.seal('secret', 'a');
    const other = createSecretBox(parseKeyring(newKey));
    expect(() => other.open(sealed, 'a')).toThrow(
      expect.objectContaining({ why: expect.stringContaining('"old"') }),
    );
  });
});
