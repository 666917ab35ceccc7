import { SealaneError } from '@sealane/errors/sealane-error';
import { describe, expect, it } from 'vitest';
import { parseKeyring } from './keyring.ts';

const bytes = Buffer.alloc(32, 7);

describe('SEALANE_ENCRYPTION_KEY', () => {
  it('is 32 bytes as base64, base64url or hexadecimal', () => {
    for (const text of [bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')]) {
      expect(parseKeyring(text)).toEqual([{ id: 'k1', key: bytes }]);
    }
  });

  it('may list several keys by id, of which the first seals', () => {
    const keys = parseKeyring(`new:${Buffer.alloc(32, 1).toString('hex')}, old:${bytes.toString('base64')}`);
    expect(keys.map((entry) => entry.id)).toEqual(['new', 'old']);
  });

  it.each([
    ['', 'empty'],
    ['hunter2', '5 bytes'],
    [Buffer.alloc(16).toString('hex'), '24 bytes'],
    ['not a key!', 'neither base64'],
    [`a:${bytes.toString('hex')},a:${bytes.toString('hex')}`, 'same id'],
  ])('refuses %j and says how to make one', (text, why) => {
    const refused = () => parseKeyring(text);
    expect(refused).toThrow(SealaneError);
    expect(refused).toThrow(
      expect.objectContaining({ code: 'ENCRYPTION_KEY_INVALID', why: expect.stringContaining(why) }),
    );
    expect(refused).toThrow(expect.objectContaining({ remedy: expect.stringContaining('openssl rand') }));
  });
});
