import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { SERVICE_NAMES } from '../service-name.ts';
import { VERSIONS } from '../versions.ts';
import { composeVariables } from './compose-variables.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const serviceSchema = z.object({
  image: z.string().optional(),
  build: z.object({ target: z.string() }).optional(),
  profiles: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  ports: z.array(z.string()).default([]),
  healthcheck: z.unknown().optional(),
  volumes: z.array(z.string()).default([]),
});
const fileSchema = z.object({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.unknown()),
});

let text = '';
let file: z.infer<typeof fileSchema> = { services: {}, volumes: {} };
beforeAll(async () => {
  text = await readFile(resolve(ROOT, 'docker-compose.yml'), 'utf8');
  file = fileSchema.parse(parse(text, { merge: true }));
});

describe('docker-compose.yml', () => {
  test('holds the console, the worker and every local service', () => {
    expect(Object.keys(file.services).toSorted()).toEqual(['web', 'worker', ...SERVICE_NAMES].toSorted());
  });

  test('runs the versions that the native services run', () => {
    const images = Object.fromEntries(SERVICE_NAMES.map((name) => [name, file.services[name]?.image]));
    expect(images).toEqual({
      postgres: `postgres:${VERSIONS.postgres}`,
      redis: `redis:${VERSIONS.redis}`,
      kafka: `apache/kafka:${VERSIONS.kafka}`,
      mariadb: `mariadb:${VERSIONS.mariadb}`,
      mysql: `mysql:${VERSIONS.mysql}`,
      registry: `apicurio/apicurio-registry:${VERSIONS.registry}`,
      connect: `quay.io/debezium/connect:${VERSIONS.debezium}`,
    });
  });

  test('has no password with a default: every secret must be given', () => {
    for (const [, name = '', operator] of text.matchAll(/\$\{([A-Z_]+)(:?[-?])?/g)) {
      if (/PASSWORD|KEY/.test(name)) expect(`${name}${operator}`).toBe(`${name}:?`);
    }
  });

  test('takes exactly the variables that `stack up --mode compose` gives', () => {
    const credentials = {
      postgres: 'p',
      redis: 'r',
      databaseAdmin: 'a',
      databaseCapture: 'c',
      encryptionKey: 'k',
      consoleAdmin: 'd',
      apiToken: 't',
    };
    const ports = Object.fromEntries(SERVICE_NAMES.map((name) => [name, { port: 1, secondPort: 2 }]));
    const used = new Set([...text.matchAll(/[^$]\$\{([A-Z_]+)/g)].map((match) => match[1]));
    // PORT is the console's own; `up` starts services, not the console.
    expect([...used].filter((name) => name !== 'PORT').toSorted()).toEqual(
      Object.keys(composeVariables({ credentials, ports })).toSorted(),
    );
  });

  test('publishes ports on the loopback address only', () => {
    const published = Object.values(file.services).flatMap(({ ports }) => ports);
    expect(published.length).toBeGreaterThan(7);
    for (const port of published) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  test('checks the health of everything but the worker, which serves nobody', () => {
    const unchecked = Object.entries(file.services).filter(
      ([, service]) => service.healthcheck === undefined,
    );
    expect(unchecked.map(([name]) => name)).toEqual(['worker']);
  });

  test('sets both source databases up for capture', () => {
    for (const name of ['mariadb', 'mysql']) {
      expect(file.services[name]?.command).toEqual(
        expect.arrayContaining([
          '--binlog-format=ROW',
          '--binlog-row-image=FULL',
          '--binlog-row-metadata=FULL',
        ]),
      );
    }
  });

  test('declares every volume it mounts, and mounts only files that exist', async () => {
    for (const mount of Object.values(file.services).flatMap(({ volumes }) => volumes)) {
      const [source = ''] = mount.split(':');
      if (source.startsWith('./')) expect((await stat(resolve(ROOT, source))).isFile()).toBe(true);
      else expect(Object.keys(file.volumes)).toContain(source);
    }
  });

  test('builds targets that the Dockerfile has', async () => {
    const dockerfile = await readFile(resolve(ROOT, 'Dockerfile'), 'utf8');
    for (const name of ['web', 'worker']) {
      expect(dockerfile).toContain(` AS ${file.services[name]?.build?.target}\n`);
    }
  });
});
