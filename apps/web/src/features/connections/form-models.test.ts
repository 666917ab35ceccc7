import { describe, expect, it } from 'vitest';
import { clusterFormSchema, clusterToInput, clusterToUpdate, emptyCluster } from './cluster-form-model.ts';
import { emptySource, sourceFormSchema, sourceToInput, sourceToUpdate } from './source-form-model.ts';

const pem = '-----BEGIN CERTIFICATE-----\nTUlJQg==\n-----END CERTIFICATE-----';
const source = { ...emptySource, name: ' shop ', host: 'db', user: 'cdc', tlsMode: 'verify_ca' as const };
const cluster = { ...emptyCluster, name: 'main', brokers: 'a:9092, b:9092', tls: true };

describe('a blank secret of a form', () => {
  it('keeps what is stored, of a source', () => {
    const { connection } = sourceToUpdate(source);
    expect(connection).toEqual({ host: 'db', port: 3306, user: 'cdc', tls: { mode: 'verify_ca' } });
    expect(sourceToInput(source)).toEqual({ name: 'shop', connection });
  });

  it('keeps what is stored, of a cluster', () => {
    const { connection } = clusterToUpdate({ ...cluster, mechanism: 'plain', username: 'u' });
    expect(connection).toEqual({
      brokers: ['a:9092', 'b:9092'],
      tls: { enabled: true },
      sasl: { mechanism: 'plain', username: 'u' },
    });
    expect(clusterToUpdate(cluster).connection.sasl).toBeNull();
  });

  it('forgets the stored certificate only where that is wished and no other is given', () => {
    const forget = { forgetCa: true };
    expect(sourceToUpdate({ ...source, ...forget }).connection.tls).toEqual({ mode: 'verify_ca', ca: null });
    expect(clusterToUpdate({ ...cluster, ...forget }).connection.tls).toEqual({ enabled: true, ca: null });
    expect(sourceToUpdate({ ...source, ...forget, ca: pem }).connection.tls.ca).toBe(pem);
    expect(clusterToUpdate({ ...cluster, ...forget, ca: pem }).connection.tls.ca).toBe(pem);
    expect(sourceToInput({ ...source, ...forget }).connection.tls).toEqual({ mode: 'verify_ca' });
    expect(clusterToInput({ ...cluster, ...forget }).connection.tls).toEqual({ enabled: true });
  });
});

it('errors stand at the fields of the form', () => {
  const at = (result: { error?: { issues: { path: PropertyKey[] }[] } | undefined }) =>
    result.error?.issues.map(({ path }) => path.join('.')) ?? [];
  expect(at(sourceFormSchema.safeParse(source))).toEqual([]);
  expect(at(clusterFormSchema.safeParse(cluster))).toEqual([]);
  expect(at(sourceFormSchema.safeParse({ ...source, name: '', port: 'x', ca: 'no PEM' }))).toEqual([
    'name',
    'port',
    'ca',
  ]);
  expect(at(clusterFormSchema.safeParse({ ...cluster, brokers: 'a', ca: 'no PEM' }))).toEqual([
    'brokers',
    'ca',
  ]);
});
