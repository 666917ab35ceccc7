import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutputBuffer } from '../bytes/output-buffer.ts';
import { BinaryMariadbGtid, TextGtid } from './gtid.ts';
import { MariadbGtidPosition, parseMariadbGtidText } from './mariadb-gtid-position.ts';
import { MysqlGtidSet } from './mysql-gtid-set.ts';

const A = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
const B = 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa';

/** Transactions of two sources, one of them with a tag, as a set of `uuid:tag:number`. */
const transactions = fc.array(
  fc.tuple(fc.constantFrom(A, B), fc.constantFrom('', 'blue'), fc.integer({ min: 1, max: 30 })),
  { maxLength: 60 },
);
type Transactions = readonly (readonly [string, string, number])[];

function setOf(items: Transactions): MysqlGtidSet {
  const set = new MysqlGtidSet();
  for (const [uuid, tag, gno] of items) set.add(uuid, BigInt(gno), tag);
  return set;
}

const key = ([uuid, tag, gno]: readonly [string, string, number]): string => `${uuid}:${tag}:${gno}`;

describe('a MySQL GTID set', () => {
  it('keeps the form the server uses', () => {
    const text = `${A}:1-5:7:blue:2-3,${B}:9`;
    expect(MysqlGtidSet.parse(` ${A.toUpperCase()}:1-3:4-5:7:blue:2-3 ,\n${B}:9`).toString()).toBe(text);
    expect(MysqlGtidSet.parse('').toString()).toBe('');
  });

  it.each(['x', `${A}:0`, `${A}:5-3`, `${A}`, `${A}:1-2-3`, '0-1-100'])('refuses %s', (text) => {
    expect(() => MysqlGtidSet.parse(text)).toThrowError(expect.objectContaining({ code: 'GTID_INVALID' }));
  });

  it('agrees with a plain set of transactions in union, difference and membership', () => {
    fc.assert(
      fc.property(transactions, transactions, (left, right) => {
        const union = setOf(left).union(setOf(right));
        const difference = setOf(left).subtract(setOf(right));
        const all: Transactions = [...left, ...right];
        const inRight = new Set(right.map(key));
        for (const item of all) expect(union.contains(item[0], BigInt(item[2]), item[1])).toBe(true);
        for (const item of left)
          expect(difference.contains(item[0], BigInt(item[2]), item[1])).toBe(!inRight.has(key(item)));
        expect(union.toString()).toBe(setOf(all).toString());
        expect(union.containsAll(difference)).toBe(true);
      }),
    );
  });

  it('is the same after being written and parsed', () => {
    fc.assert(
      fc.property(transactions, (items) => {
        expect(MysqlGtidSet.parse(setOf(items).toString()).toString()).toBe(setOf(items).toString());
      }),
    );
  });
});

describe('a MariaDB GTID position', () => {
  it('keeps the furthest GTID of each domain', () => {
    const position = MariadbGtidPosition.parse('1-2-5,0-1-100');
    position.add(parseMariadbGtidText('0-9-101'));
    position.add(parseMariadbGtidText('0-1-99'));
    expect(position.toString()).toBe('0-9-101,1-2-5');
    expect(position.covers(parseMariadbGtidText('0-1-101'))).toBe(true);
    expect(position.covers(parseMariadbGtidText('1-2-6'))).toBe(false);
    expect(position.covers(parseMariadbGtidText('2-1-1'))).toBe(false);
  });

  it('is exact beyond 2^53', () => {
    expect(MariadbGtidPosition.parse('0-1-18446744073709551615').toString()).toBe('0-1-18446744073709551615');
  });

  it.each(['0-1', 'a-b-c', '0-1-18446744073709551616', '4294967296-1-1', `${A}:1-5`])(
    'refuses %s',
    (text) => {
      expect(() => MariadbGtidPosition.parse(text)).toThrowError(
        expect.objectContaining({ code: 'GTID_INVALID' }),
      );
    },
  );
});

describe('a GTID from the binlog', () => {
  const uint32 = fc.integer({ min: 0, max: 0xffffffff });

  it('is the same as text, as bytes and parsed again, up to the largest numbers', () => {
    fc.assert(
      fc.property(
        uint32,
        uint32,
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        (domainId, serverId, sequence) => {
          const low = Number(BigInt.asUintN(32, sequence));
          const high = Number(sequence >> 32n);
          const gtid = new BinaryMariadbGtid({ domainId, serverId, low, high });
          const out = new OutputBuffer({ initialBytes: 1 });
          gtid.appendTo(out);
          expect(out.written().toString('latin1')).toBe(gtid.toText());
          expect(parseMariadbGtidText(gtid.toText())).toEqual({ domainId, serverId, sequence });
        },
      ),
    );
  });

  it("of MySQL is the server's text", () => {
    const out = new OutputBuffer({ initialBytes: 1 });
    new TextGtid(`${A}:blue:7`).appendTo(out);
    expect(out.written().toString('latin1')).toBe(`${A}:blue:7`);
  });
});
