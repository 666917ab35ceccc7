import { expect, it } from 'vitest';
import { FirstRecords } from './first-records.ts';

it('lets nothing follow the first record of a partition before that is acknowledged', () => {
  const ledger = { acknowledged: 0 };
  const firsts = new FirstRecords(ledger);
  const send = (topic: string, partition: number, sequence: number): boolean => {
    const admitted = firsts.admits(topic, partition);
    if (admitted) firsts.taken(partition, sequence);
    return admitted;
  };
  expect(send('a', 0, 1)).toBe(true);
  expect(send('a', 0, 2)).toBe(false);
  expect(send('a', 3, 2)).toBe(true);
  expect(send('b', 0, 3)).toBe(true);
  ledger.acknowledged = 1;
  expect(send('a', 0, 4)).toBe(true);
  expect(send('a', 0, 5)).toBe(true);
  expect(send('a', 3, 6)).toBe(false);
  expect(send('b', 0, 6)).toBe(false);
  ledger.acknowledged = 3;
  expect(send('a', 3, 6)).toBe(true);
  expect(send('b', 0, 7)).toBe(true);
});
