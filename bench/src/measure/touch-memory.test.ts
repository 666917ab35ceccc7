import { expect, it } from 'vitest';
import { parseFreeMemory } from './touch-memory.ts';

const MEMINFO = `MemTotal:       24684164 kB
MemFree:        20142336 kB
MemAvailable:   23536640 kB
`;

it('takes what is free, not what could be made free', () => {
  expect(parseFreeMemory(MEMINFO)).toBe(20_142_336 * 1024);
});

it('does not take a missing line for no memory', () => {
  expect(() => parseFreeMemory('MemTotal: 1 kB\n')).toThrow('no MemFree');
});
