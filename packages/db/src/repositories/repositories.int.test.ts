import { pipelineConfigSchema } from '@sealane/contracts/pipeline-config';
import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../database.ts';
import { parseKeyring } from '../secrets/keyring.ts';
import { createSecretBox } from '../secrets/secret-box.ts';
import { createFreshDatabase, type FreshDatabase } from '../testing/fresh-database.ts';
import { insertCluster } from './clusters.ts';
import { insertEvent, listEvents, trimEvents } from './events.ts';
import {
  deletePipeline,
  findPipeline,
  insertPipeline,
  setDesiredState,
  updatePipeline,
} from './pipelines.ts';
import { readRunDefinition } from './run-definition.ts';
import { acquireLease, releaseLease, renewLease, writeStatus, writeUnheldStatus } from './runtime.ts';
import { readBuckets, rollUpMinutes, upsertFineBuckets } from './samples.ts';
import { deleteSource, findSource, insertSource, readSourceConnection, updateSource } from './sources.ts';
import { createToken, deleteToken, ensureManagedToken, findTokenByText, listTokens } from './tokens.ts';

const secrets = createSecretBox(parseKeyring('ab'.repeat(32)));
let fresh: FreshDatabase;
let database: Database;
let sourceId: string;
let clusterId: string;

beforeAll(async () => {
  const { postgres } = await sharedStack(['postgres']);
  fresh = await createFreshDatabase(postgres.url, { name: uniqueName('repositories') });
  database = fresh.database;
  const connection = {
    host: 'db',
    port: 3306,
    user: 'sealane',
    password: 'hunter22',
    tls: { mode: 'disabled' as const },
  };
  sourceId = (
    await insertSource(
      { database, secrets },
      { name: 'shop', flavor: 'mariadb', version: '11.4', connection },
    )
  ).id;
  const cluster = { brokers: ['k:9092'], tls: { enabled: false } };
  clusterId = (await insertCluster({ database, secrets }, { name: 'main', connection: cluster })).id;
});
afterAll(() => fresh.drop());

let count = 0;
async function newPipeline(change: { name?: string; topicPrefix?: string; serverId?: number } = {}) {
  count += 1;
  const { name = `p${count}`, topicPrefix = `prefix${count}`, serverId } = change;
  const config = pipelineConfigSchema.parse({ topicPrefix, serverId });
  return insertPipeline(database, { name, sourceId, clusterId, config, desiredState: 'running' });
}
const good = { state: 'running', reason: null, attempt: 0, nextAttemptAt: null } as const;

describe('sources', () => {
  it('keep their password sealed, and give it to whoever connects', async () => {
    const stored = await database.prisma.source.findUniqueOrThrow({ where: { id: sourceId } });
    expect(stored.password).not.toContain('hunter22');
    expect(JSON.stringify(await findSource(database, sourceId))).not.toContain('hunter22');
    expect((await readSourceConnection({ database, secrets }, sourceId))?.password).toBe('hunter22');
  });

  it('cannot be deleted while a pipeline reads from them', async () => {
    const pipeline = await newPipeline();
    await expect(deleteSource(database, sourceId)).rejects.toMatchObject({ code: 'SOURCE_IN_USE' });
    await deletePipeline(database, pipeline.id);
  });
});

describe('pipelines', () => {
  it('get a free replica id each', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => newPipeline()));
    expect(new Set(made.map((row) => row.serverId)).size).toBe(10);
    expect(made.every((row) => row.serverId >= 5400)).toBe(true);
  });

  it('may not share a name, a topic prefix of a cluster, or a replica id', async () => {
    const first = await newPipeline({ serverId: 77 });
    await expect(newPipeline({ name: first.name })).rejects.toMatchObject({
      code: 'NAME_TAKEN',
      fields: [{ path: 'name' }],
    });
    await expect(newPipeline({ topicPrefix: first.config.topicPrefix })).rejects.toMatchObject({
      code: 'TOPIC_PREFIX_TAKEN',
      fields: [{ path: 'config.topicPrefix' }],
    });
    await expect(newPipeline({ serverId: 77 })).rejects.toMatchObject({
      code: 'SERVER_ID_TAKEN',
      fields: [{ path: 'config.serverId' }],
    });
  });

  it('tell a running process to restart by another revision, for a new configuration but not for a new name', async () => {
    const { id, config } = await newPipeline();
    const revision = async () => (await readRunDefinition({ database, secrets }, id))?.revision;
    const before = await revision();
    await updatePipeline(database, id, { name: 'renamed' });
    expect(await revision()).toBe(before);
    await updatePipeline(database, id, { config });
    const changed = await revision();
    expect(changed).not.toBe(before);
    await setDesiredState(database, id, { desiredState: 'running', restart: true });
    expect(await revision()).not.toBe(changed);
  });

  it('tell it so for another connection to their source, but not for its new name', async () => {
    const { id } = await newPipeline();
    const revision = async () => (await readRunDefinition({ database, secrets }, id))?.revision;
    const before = await revision();
    const row = await findSource(database, sourceId);
    const connection = await readSourceConnection({ database, secrets }, sourceId);
    if (row === null || connection === null) throw new Error('the source is gone');
    const save = (change: object) =>
      updateSource({ database, secrets }, sourceId, { ...row, connection: { ...connection, ...change } });
    await updateSource({ database, secrets }, sourceId, { ...row, name: 'renamed', connection });
    expect(await revision()).toBe(before);
    await save({ password: 'hunter23' });
    expect(await revision()).not.toBe(before);
    await save({});
    expect(await revision()).toBe(before);
  });
});

describe('the lease of a pipeline', () => {
  it('has one holder at a time, whose epoch grows with every takeover', async () => {
    const { id: pipelineId } = await newPipeline();
    const first = await acquireLease(database, { pipelineId, workerId: 'a', ttlMs: 60_000 });
    expect(await acquireLease(database, { pipelineId, workerId: 'b', ttlMs: 60_000 })).toBeNull();
    expect(await acquireLease(database, { pipelineId, workerId: 'a', ttlMs: 0 })).toBe((first ?? 0) + 1);
    expect(await acquireLease(database, { pipelineId, workerId: 'b', ttlMs: 60_000 })).toBe((first ?? 0) + 2);
  });

  it('shuts out a worker that lost it: nothing it reports is written', async () => {
    const { id: pipelineId } = await newPipeline();
    const old = (await acquireLease(database, { pipelineId, workerId: 'a', ttlMs: 0 })) ?? 0;
    const epoch = (await acquireLease(database, { pipelineId, workerId: 'b', ttlMs: 60_000 })) ?? 0;
    expect(await writeStatus(database, { pipelineId, epoch }, good)).toMatchObject({
      state: 'running',
      workerId: 'b',
    });
    expect(await renewLease(database, { pipelineId, epoch: old, ttlMs: 60_000 })).toBe(false);
    expect(await writeStatus(database, { pipelineId, epoch: old }, { ...good, state: 'failed' })).toBeNull();
    await releaseLease(database, { pipelineId, epoch: old });
    expect((await findPipeline(database, pipelineId))?.status).toMatchObject({
      state: 'running',
      workerId: 'b',
    });
  });

  it('keeps the console from speaking for a worker that holds it', async () => {
    const { id: pipelineId } = await newPipeline();
    const epoch = (await acquireLease(database, { pipelineId, workerId: 'a', ttlMs: 60_000 })) ?? 0;
    expect(await writeUnheldStatus(database, pipelineId, 'stopped')).toBeNull();
    await releaseLease(database, { pipelineId, epoch });
    expect(await writeUnheldStatus(database, pipelineId, 'stopped')).toMatchObject({ state: 'stopped' });
  });

  it('ends with the pipeline', async () => {
    const { id: pipelineId } = await newPipeline();
    const epoch = (await acquireLease(database, { pipelineId, workerId: 'a', ttlMs: 60_000 })) ?? 0;
    await deletePipeline(database, pipelineId);
    expect(await renewLease(database, { pipelineId, epoch, ttlMs: 60_000 })).toBe(false);
    expect(await acquireLease(database, { pipelineId, workerId: 'a', ttlMs: 60_000 })).toBeNull();
    expect(await insertEvent(database, { pipelineId, level: 'info', type: 'x', message: 'late' })).toBeNull();
  });

  it('keeps `since` while the state stays', async () => {
    const { id: pipelineId } = await newPipeline();
    const epoch = (await acquireLease(database, { pipelineId, workerId: 'a', ttlMs: 60_000 })) ?? 0;
    const first = await writeStatus(database, { pipelineId, epoch }, good);
    const second = await writeStatus(database, { pipelineId, epoch }, { ...good, attempt: 3 });
    expect(second).toMatchObject({ since: first?.since, attempt: 3 });
  });
});

describe('events', () => {
  it('come newest first, in pages, and are trimmed to the newest', async () => {
    const { id: pipelineId } = await newPipeline();
    for (const message of ['1', '2', '3', '4', '5'])
      await insertEvent(database, { pipelineId, level: 'info', type: 't', message });
    const first = await listEvents(database, { pipelineId, limit: 2 });
    expect(first.items.map((event) => event.message)).toEqual(['5', '4']);
    const second = await listEvents(database, { pipelineId, limit: 10, before: first.next ?? '' });
    expect(second).toMatchObject({
      items: [{ message: '3' }, { message: '2' }, { message: '1' }],
      next: null,
    });
    await trimEvents(database, 2);
    expect(
      (await listEvents(database, { pipelineId, limit: 10 })).items.map((event) => event.message),
    ).toEqual(['5', '4']);
  });
});

describe('samples', () => {
  it('roll up to minutes whose totals are those of their parts', async () => {
    const { id: pipelineId } = await newPipeline();
    const start = Math.floor(Date.now() / 60_000) * 60_000 - 300_000;
    const bucket = (index: number) => ({
      at: start + index * 10_000,
      seconds: 10,
      rowsAcknowledged: index,
      bytesAcknowledged: 100,
      operations: { create: index, update: 0, delete: 0, read: 0, tombstone: 0 },
      commitToReadMs: 1,
      readToQueueMs: 2,
      queueToAckMs: null,
      totalMsAvg: 10,
      totalMsMax: index,
      commitPrecisionMs: index === 3 ? 1000 : 1,
      rssBytesMax: 5,
      cpuPercentAvg: 1,
    });
    await upsertFineBuckets(
      database,
      pipelineId,
      Array.from({ length: 12 }, (_, index) => bucket(index)),
    );
    await rollUpMinutes(database, new Date(start));
    await rollUpMinutes(database, new Date(start));
    const minutes = await readBuckets(database, {
      pipelineId,
      from: start - 40 * 86_400_000,
      to: start + 120_000,
      points: 50_000,
    });
    expect(minutes.secondsPerBucket % 60).toBe(0);
    expect(minutes.buckets.reduce((sum, entry) => sum + entry.rowsAcknowledged, 0)).toBe(66);
    expect(minutes.buckets[0]?.commitPrecisionMs).toBe(1000);
    const fine = await readBuckets(database, { pipelineId, from: start, to: start + 120_000, points: 12 });
    expect(fine).toMatchObject({
      secondsPerBucket: 10,
      buckets: [
        { rowsAcknowledged: 0, queueToAckMs: null },
        { rowsAcknowledged: 1 },
        {},
        {},
        {},
        {},
        {},
        {},
        {},
        {},
        {},
        { totalMsMax: 11 },
      ],
    });
  });
});

describe('API tokens', () => {
  it('are stored as hashes only, found by their text, and gone once revoked or expired', async () => {
    const { row, text } = await createToken(database, {
      name: 'ci',
      role: 'operator',
      createdBy: 'me',
      expiresAt: null,
    });
    expect(JSON.stringify(await database.prisma.apiToken.findMany())).not.toContain(text);
    expect(await findTokenByText(database, text)).toMatchObject({ id: row.id, role: 'operator' });
    await deleteToken(database, row.id);
    expect(await findTokenByText(database, text)).toBeNull();
    const past = await createToken(database, {
      name: 'old',
      role: 'admin',
      createdBy: 'me',
      expiresAt: new Date(Date.now() - 1),
    });
    expect(await findTokenByText(database, past.text)).toBeNull();
  });

  it('of the environment follow the environment and cannot be revoked', async () => {
    await ensureManagedToken(database, 'first-environment-token');
    await ensureManagedToken(database, 'second-environment-token');
    expect(await findTokenByText(database, 'first-environment-token')).toBeNull();
    const token = await findTokenByText(database, 'second-environment-token');
    expect(token).toMatchObject({ role: 'admin', managed: true });
    expect(await deleteToken(database, token?.id ?? '')).toBe('managed');
    await ensureManagedToken(database, null);
    expect((await listTokens(database)).some((entry) => entry.managed)).toBe(false);
  });
});
