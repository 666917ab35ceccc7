import { expect, test } from 'vitest';
import { mirrorIn } from './debian-mirror.ts';

test('reads the mirror from the deb822 form, without a slash at the end', () => {
  const sources = [
    'Types: deb',
    'URIs: https://mirror.example/debian-security/',
    'Suites: bookworm-security',
    'Components: main',
    '',
    'Types: deb',
    'URIs: https://mirror.example/debian/',
    'Suites: bookworm bookworm-updates',
    'Components: main',
  ].join('\n');
  expect(mirrorIn(sources)).toBe('https://mirror.example/debian');
});

test('reads the mirror from the one-line form', () => {
  const sources = [
    '# a comment',
    'deb https://vendor.example/apt stable main',
    'deb [signed-by=/usr/share/keyrings/a.gpg] http://mirror.example/debian bookworm main contrib',
  ].join('\n');
  expect(mirrorIn(sources)).toBe('http://mirror.example/debian');
});

test('finds none where only other vendors are named', () => {
  expect(mirrorIn('deb https://vendor.example/ubuntu noble main\n')).toBeNull();
});
