import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AcknowledgementLedger } from './acknowledgement-ledger.ts';

describe('AcknowledgementLedger', () => {
  it('stays before the oldest record that is not acknowledged, whatever its partition', () => {
    const ledger = new AcknowledgementLedger();
    ledger.add('orders', 0, 10);
    ledger.add('orders', 1, 20);
    ledger.add('orders', 0, 30);
    ledger.setAcknowledged('orders', 0, 2);
    ledger.advance();
    expect(ledger.acknowledged).toBe(1);
    ledger.setAcknowledged('orders', 1, 1);
    ledger.advance();
    expect(ledger.acknowledged).toBe(3);
    expect(ledger.queuedBytes).toBe(0);
  });

  it('ignores counts that fall and partitions it never wrote to', () => {
    const ledger = new AcknowledgementLedger();
    ledger.add('orders', 0, 1);
    ledger.setAcknowledged('orders', 0, 1);
    ledger.setAcknowledged('orders', 0, 0);
    ledger.setAcknowledged('other', 3, 9);
    expect(ledger.advance()).toBe(true);
    expect(ledger.acknowledged).toBe(1);
  });

  it('does not count a record twice when it was acknowledged by a flush and then by its partition', () => {
    const ledger = new AcknowledgementLedger();
    ledger.add('orders', 0, 1);
    ledger.acknowledgeUpTo(1);
    ledger.add('orders', 0, 1);
    ledger.setAcknowledged('orders', 0, 1);
    expect(ledger.advance()).toBe(false);
    ledger.setAcknowledged('orders', 0, 2);
    expect(ledger.advance()).toBe(true);
  });

  it('agrees with a plain list of records under any interleaving of production, counts and flushes', () => {
    const step = fc.oneof(
      fc.record({ tag: fc.constant('add' as const), partition: fc.nat(3) }),
      fc.record({
        tag: fc.constant('ack' as const),
        partition: fc.nat(3),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      fc.record({ tag: fc.constant('flush' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const ledger = new AcknowledgementLedger();
        const partitions: number[] = [];
        const done: boolean[] = [];
        for (const current of steps) {
          if (current.tag === 'add') {
            partitions.push(current.partition);
            done.push(false);
            ledger.add('t', current.partition, 1);
          } else if (current.tag === 'ack') {
            const mine = partitions.flatMap((partition, index) =>
              partition === current.partition ? [index] : [],
            );
            const total = Math.floor(mine.length * current.share);
            for (const index of mine.slice(0, total)) done[index] = true;
            ledger.setAcknowledged('t', current.partition, total);
          } else {
            const upTo = Math.floor(partitions.length * current.share);
            done.fill(true, 0, upTo);
            ledger.acknowledgeUpTo(upTo);
          }
          ledger.advance();
          const firstOpen = done.indexOf(false);
          expect(ledger.acknowledged).toBe(firstOpen < 0 ? done.length : firstOpen);
          expect(ledger.queuedBytes).toBe(ledger.queuedRecords);
        }
      }),
    );
  });

  it('grows past its first capacity without losing its place', () => {
    const ledger = new AcknowledgementLedger();
    for (let n = 0; n < 50_000; n++) ledger.add('t', n % 5, 2);
    for (let partition = 0; partition < 5; partition++) ledger.setAcknowledged('t', partition, 9_000);
    ledger.advance();
    expect(ledger.acknowledged).toBe(45_000);
    expect(ledger.queuedBytes).toBe(10_000);
  });
});
