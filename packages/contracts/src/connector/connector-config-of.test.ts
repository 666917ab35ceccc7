import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zeroDateTypes } from '../config/converter-field.ts';
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

const patterns = fc.array(fc.constantFrom('shop\\..*', 'a\\.b{1,2}\\.c', '.*'), { maxLength: 2 });
const zeroDates = fc.record(
  {
    selector: patterns,
    targetTypes: fc.subarray([...zeroDateTypes], { minLength: 1 }),
    fallbackDate: fc.constantFrom('1970-01-01', 'NULL'),
    fallbackTimestamp: fc.constant('2000-02-29T12:00:00+02:00'),
    columnFallbacks: fc.dictionary(
      fc.constantFrom('a.b.c', 'd.e.f'),
      fc.constantFrom('null', '1999-12-31 23:59:59'),
    ),
  },
  { requiredKeys: [] },
);
const jdbcTypes = fc.record(
  { selectorBoolean: patterns, selectorString: patterns, treatRealAsDouble: fc.boolean() },
  { requiredKeys: [] },
);
const converterList = fc.uniqueArray(
  fc.oneof(
    fc.record({ kind: fc.constant('tinyint-one-to-boolean'), name: word, selector: patterns }),
    fc.tuple(word, zeroDates).map(([name, given]) => ({ kind: 'zero-date-fallback', name, ...given })),
    fc
      .tuple(word, jdbcTypes)
      .map(([name, given]) => ({ kind: 'jdbc-sink-data-types', name: `${name}_`, ...given })),
  ),
  { selector: ({ name }) => name, maxLength: 3 },
);

/** A legal value of a field, or its absence. */
function fieldValue(field: ConnectorField): fc.Arbitrary<unknown> {
  if (field.name === 'converters') {
    const parsed = converterList.map((list) => pipelineConfigSchema.shape.converters.safeParse(list).data);
    return fc.option(parsed, { nil: undefined });
  }
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

  it('writes the properties of each converter, in the order in which they count', () => {
    const properties = {
      converters: 'flags,zeros,sink',
      'flags.type': 'io.debezium.connector.binlog.converters.TinyIntOneToBooleanConverter',
      'flags.selector': 'shop\\.orders\\.paid,.*\\.is_.*',
      'flags.length.checker': 'false',
      'zeros.type': 'io.debezium.connector.binlog.converters.ZeroDateFallbackConverter',
      'zeros.target.types': 'DATE,TIMESTAMP',
      'zeros.fallback.date': '1970-01-01',
      'zeros.column.shop.orders.paid_at.fallback': '1999-12-31T23:59:59Z',
      'sink.type': 'io.debezium.connector.binlog.converters.JdbcSinkDataTypesConverter',
      'sink.selector.real': '.*\\.price',
      'sink.treat.real.as.double': 'false',
    };
    const { config, source, errors, ignored } = readConnectorConfig({ ...required, ...properties });
    expect({ errors, ignored }).toEqual({ errors: [], ignored: [] });
    if (config === null) throw new Error('unreadable');
    expect(config.converters).toMatchObject([
      { kind: 'tinyint-one-to-boolean', name: 'flags', lengthChecker: false },
      {
        kind: 'zero-date-fallback',
        targetTypes: ['DATE', 'TIMESTAMP'],
        fallbackDatetime: 'NULL',
        columnFallbacks: { 'shop.orders.paid_at': '1999-12-31T23:59:59Z' },
      },
      { kind: 'jdbc-sink-data-types', selectorReal: ['.*\\.price'], treatRealAsDouble: false },
    ]);
    expect(connectorConfigOf({ name: 'n', config, source, cluster: null })).toMatchObject(properties);
  });

  it('says which converters it does not have, and refuses values that they cannot have', () => {
    const reading = readConnectorConfig({
      ...required,
      converters: 'own,zeros',
      'own.type': 'com.example.Own',
      'own.format': 'x',
      'zeros.type': 'io.debezium.connector.mysql.converters.ZeroDateFallbackConverter',
      'zeros.fallback.date': '2023-02-30',
    });
    expect(reading.warnings.map(({ property }) => property)).toEqual(['own.type']);
    expect(reading.ignored.map(({ property }) => property)).toEqual(['own.type', 'own.format']);
    expect(reading.errors.map(({ property }) => property)).toEqual(['converters']);
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
    // Its elements are properties of their own, see readConverters.
    expect(opaque.map(({ name }) => name)).toEqual(['converters']);
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
