import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flavors, tlsModes } from '../connection.ts';
import { type PipelineConfig, pipelineConfigSchema } from '../pipeline-config.ts';
import {
  type ConnectorPipeline,
  connectorConfigOf,
  reconcileConnectorConfig,
} from './connector-config-of.ts';
import { type ConnectorField, connectorFields } from './connector-fields.ts';
import type { PropertyKind } from './property-kind.ts';
import { readConnectorConfig } from './read-connector-config.ts';
import { HIDDEN_VALUE, maskSecrets } from './secret-properties.ts';

const word = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);

function arbitraryOf(kind: PropertyKind): fc.Arbitrary<unknown> {
  switch (kind.tag) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.oneof(fc.constantFrom(-1, 0, 1, 2_000_000, 60_000), fc.integer({ min: 1, max: 2 ** 31 }));
    case 'double':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'option':
      return fc.constantFrom(...kind.options);
    case 'list':
      return fc.array(fc.oneof(word, fc.constantFrom('shop\\..*', 'a{1,2}', 'x\\\\.y', '(a|b)\\.c')));
    case 'map':
      return fc.dictionary(word, arbitraryOf(kind.values), { maxKeys: 3 });
    default:
      return word;
  }
}

/** A legal value of a field, or its absence. */
function fieldValue(field: ConnectorField): fc.Arbitrary<unknown> {
  const schema = pipelineConfigSchema.shape[field.name as keyof typeof pipelineConfigSchema.shape];
  return fc
    .option(arbitraryOf(field.kind), { nil: undefined })
    .map((value) => (schema.safeParse(value).success ? value : undefined));
}

const config: fc.Arbitrary<PipelineConfig> = fc
  .record(Object.fromEntries(connectorFields.map((field) => [field.name, fieldValue(field)])))
  .map((given) => pipelineConfigSchema.safeParse({ ...given, topicPrefix: 'shop', serverId: 7 }))
  .filter((parsed) => parsed.success)
  .map(({ data }) => data as PipelineConfig);

const pipeline: fc.Arbitrary<ConnectorPipeline> = fc.record({
  name: word,
  config,
  source: fc.record({
    flavor: fc.constantFrom(...flavors),
    host: word,
    port: fc.integer({ min: 1, max: 65_535 }),
    user: word,
    password: word,
    tls: fc.record({ mode: fc.constantFrom(...tlsModes) }),
  }),
  cluster: fc.option(word),
});

const required = {
  'connector.class': 'io.debezium.connector.mysql.MySqlConnector',
  'topic.prefix': 'shop',
  'database.hostname': 'db',
  'database.user': 'u',
  'database.server.id': '7',
};

describe('connectorConfigOf', () => {
  it('is read back as the same pipeline, whatever its settings', () => {
    fc.assert(
      fc.property(pipeline, (made) => {
        const reading = readConnectorConfig(connectorConfigOf(made));
        expect(reading.errors).toEqual([]);
        expect(reading.ignored.map(({ property }) => property)).toEqual(['tasks.max']);
        expect(reading).toMatchObject({ name: made.name, source: made.source, cluster: made.cluster });
        expect(reading.config).toEqual(made.config);
      }),
    );
  });

  it('writes a property for each kind of column rule', () => {
    const rules = {
      'column.truncate.to.10.chars': 'a\\.b\\.c,a\\.b\\.d',
      'column.mask.with.0.chars': '.*\\.secret',
      'column.mask.hash.v2.SHA-256.with.salt.Cz.1': '.*\\.email',
    };
    const given = { ...required, ...rules };
    const { config, source, errors } = readConnectorConfig(given);
    expect(errors).toEqual([]);
    if (config === null) throw new Error('unreadable');
    expect(config.columnRules).toEqual([
      { kind: 'truncate', length: 10, columns: ['a\\.b\\.c', 'a\\.b\\.d'] },
      { kind: 'mask', length: 0, columns: ['.*\\.secret'] },
      { kind: 'hash-v2', algorithm: 'SHA-256', salt: 'Cz.1', columns: ['.*\\.email'] },
    ]);
    expect(connectorConfigOf({ name: 'n', config, source, cluster: null })).toMatchObject(rules);
  });

  it('knows lists that are separated otherwise, and those whose emptiness has a name', () => {
    const lists = { 'message.key.columns': 'a.b:c,d;(.*).e:f', 'skipped.operations': 'none' };
    const { config, source } = readConnectorConfig({ ...required, ...lists });
    if (config === null) throw new Error('unreadable');
    expect(config).toMatchObject({ messageKeyColumns: ['a.b:c,d', '(.*).e:f'], skippedOperations: [] });
    expect(connectorConfigOf({ name: 'n', config, source, cluster: null })).toMatchObject(lists);
  });

  it('keeps the lists of columns and types that show their source type, and the modes of names', () => {
    const given = {
      'column.propagate.source.type': 'a\\.b\\..*',
      'datatype.propagate.source.type': '.*\\.INT UNSIGNED,.*\\.DECIMAL',
      'schema.name.adjustment.mode': 'avro',
      'field.name.adjustment.mode': 'avro_unicode',
      'value.converter.replace.null.with.default': 'false',
    };
    const { config, source, errors, ignored } = readConnectorConfig({ ...required, ...given });
    expect([errors, ignored]).toEqual([[], []]);
    if (config === null) throw new Error('unreadable');
    expect(config.datatypePropagateSourceType).toEqual(['.*\\.INT UNSIGNED', '.*\\.DECIMAL']);
    expect(connectorConfigOf({ name: 'n', config, source, cluster: null })).toMatchObject(given);
  });

  it('says what an absent property means to Debezium where that is not our default', () => {
    expect(readConnectorConfig(required).config?.extendedHeadersEnabled).toBe(true);
    expect(pipelineConfigSchema.parse({ topicPrefix: 'x' }).extendedHeadersEnabled).toBe(false);
  });

  it('covers every configuration field that names a property', () => {
    const named = Object.entries(pipelineConfigSchema.shape).filter(([, schema]) => schema.meta()?.property);
    expect(connectorFields.map(({ name }) => name)).toEqual(named.map(([name]) => name));
    const opaque = connectorFields.filter(
      ({ kind, patterns }) => kind.tag === 'json' && patterns.length === 0,
    );
    expect(opaque).toEqual([]);
  });
});

describe('reconcileConnectorConfig', () => {
  const stored = {
    name: 'shop',
    'connector.class': 'MySqlConnector',
    'tasks.max': '1',
    'database.hostname': ' db ',
    'database.user': 'u',
    'database.password': 'secret',
    'database.server.id': '00007',
    'database.server.name': 'shop',
    'table.whitelist': 'shop\\.orders , shop\\.items',
    'snapshot.mode': 'schema_only',
    'tombstones.on.delete': 'TRUE',
    'transforms.x.type': 'none',
    'unknown.to.all': '1',
  };
  const reading = readConnectorConfig(stored);
  const pipelineOfStored = (change: Partial<PipelineConfig>): ConnectorPipeline => ({
    name: 'shop',
    config: { ...pipelineConfigSchema.parse(reading.pipeline), ...change },
    source: reading.source,
    cluster: null,
  });

  it('gives an unchanged pipeline its configuration back word for word', () => {
    expect(reading.errors).toEqual([]);
    expect(reconcileConnectorConfig(stored, pipelineOfStored({}))).toEqual(stored);
  });

  it('rewrites only what was changed elsewhere, under its present name', () => {
    const changed = pipelineOfStored({ tableIncludeList: ['shop\\.a,b'], heartbeatIntervalMs: 1000 });
    const { 'table.whitelist': _old, ...untouched } = stored;
    expect(reconcileConnectorConfig(stored, changed)).toEqual({
      ...untouched,
      'table.include.list': 'shop\\.a\\,b',
      'heartbeat.interval.ms': '1000',
    });
  });

  it('takes out what went back to its default', () => {
    const config = reconcileConnectorConfig(stored, pipelineOfStored({ snapshotMode: 'initial' }));
    expect(config).not.toHaveProperty('snapshot.mode');
  });
});

describe('maskSecrets', () => {
  it('hides passwords and the like, and nothing else', () => {
    expect(
      maskSecrets({
        'database.password': 'p',
        'producer.override.sasl.jaas.config': 'j',
        'signal.kafka.topic': 't',
        'database.user': 'u',
      }),
    ).toEqual({
      'database.password': HIDDEN_VALUE,
      'producer.override.sasl.jaas.config': HIDDEN_VALUE,
      'signal.kafka.topic': 't',
      'database.user': 'u',
    });
  });
});
