import { expect, test } from 'vitest';
import { describeMavenLine } from './fetch-maven.ts';

test('names what Maven downloads, with the size that it tells', () => {
  const address = 'https://repository.example/org/apache/kafka/kafka-clients/4.3.1/kafka-clients-4.3.1.jar';
  expect(describeMavenLine(`[INFO] Downloading from central: ${address}`)).toBe(
    'downloading kafka-clients-4.3.1.jar',
  );
  expect(describeMavenLine(`[INFO] Downloaded from central: ${address} (10 MB at 20 MB/s)`)).toBe(
    'downloaded kafka-clients-4.3.1.jar (10 MB at 20 MB/s)',
  );
});

test('says nothing of descriptors and of other lines', () => {
  expect(describeMavenLine('[INFO] Downloading from central: https://repository.example/a/b.pom')).toBeNull();
  expect(describeMavenLine('[INFO] BUILD SUCCESS')).toBeNull();
});
