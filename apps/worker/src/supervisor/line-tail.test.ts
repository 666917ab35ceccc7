import { expect, it } from 'vitest';
import { createLineTail } from './line-tail.ts';

it('keeps the newest lines, whole across chunks', () => {
  const tail = createLineTail(2);
  tail.push('one\ntwo\nthr');
  tail.push('ee\n\nfour');
  expect(tail.text()).toBe('three\nfour');
});

it('is bounded whatever a process writes', () => {
  const tail = createLineTail(3, 10);
  for (let i = 0; i < 1000; i++) tail.push('x'.repeat(5000));
  for (let i = 0; i < 1000; i++) tail.push(`${'y'.repeat(5000)}\n`);
  expect(tail.text().length).toBeLessThanOrEqual(3 * 10 + 2);
});
