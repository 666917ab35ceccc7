import { expect, test } from 'vitest';
import { checkRequirements } from '../requirements/requirement.ts';
import { mariadb } from './mariadb.ts';

function requirements(options: Parameters<typeof mariadb.requirements>[0]): string[] {
  return mariadb.requirements(options).map(({ name }) => name);
}

test('MariaDB comes from Maven, and where a release is named from packages of Debian', () => {
  expect(requirements({})).toEqual(['linux-x64', 'setpriv', 'maven']);
  expect(requirements({ mariadb: { release: '10.11', encryptedBinlog: true } })).toEqual([
    'linux-x64',
    'setpriv',
    'mariadb-10.11',
  ]);
});

test('the MariaDB of Maven says that it cannot encrypt its binlog', async () => {
  const wanted = mariadb.requirements({ mariadb: { encryptedBinlog: true } });
  const error = await checkRequirements('mariadb', wanted);
  expect(error?.why).toContain('has no plug-in for keys (file_key_management)');
  expect(error?.remedy).toContain('Name another release of MariaDB');
});
