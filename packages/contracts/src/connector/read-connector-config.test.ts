import { describe, expect, it } from 'vitest';
import { readConnectorConfig } from './read-connector-config.ts';

/** The connector of Debezium's own tutorial. */
const tutorial = {
  name: 'inventory-connector',
  'connector.class': 'io.debezium.connector.mysql.MySqlConnector',
  'tasks.max': '1',
  'database.hostname': 'mysql',
  'database.port': '3306',
  'database.user': 'debezium',
  'database.password': 'dbz',
  'database.server.id': '184054',
  'topic.prefix': 'dbserver1',
  'database.include.list': 'inventory',
  'schema.history.internal.kafka.bootstrap.servers': 'kafka:9092',
  'schema.history.internal.kafka.topic': 'schemahistory.inventory',
};

const read = (more: Record<string, string>) => readConnectorConfig({ ...tutorial, ...more });
const errorsOf = (more: Record<string, string>) => read(more).errors.map(({ message }) => message);

describe('readConnectorConfig', () => {
  it('reads the tutorial connector: a source, a pipeline, and what has no effect', () => {
    const reading = readConnectorConfig(tutorial);
    expect(reading.errors).toEqual([]);
    expect(reading.warnings).toEqual([]);
    expect(reading.name).toBe('inventory-connector');
    expect(reading.source).toEqual({
      flavor: 'mysql',
      host: 'mysql',
      port: 3306,
      user: 'debezium',
      password: 'dbz',
      tls: { mode: 'preferred' },
    });
    expect(reading.pipeline).toEqual({
      topicPrefix: 'dbserver1',
      serverId: 184054,
      databaseIncludeList: ['inventory'],
      extendedHeadersEnabled: true,
      schemaHistoryTopic: 'schemahistory.inventory',
    });
    expect(reading.config).toMatchObject({ topicPrefix: 'dbserver1', snapshotMode: 'initial' });
    expect(reading.ignored.map(({ property }) => property)).toEqual([
      'tasks.max',
      'schema.history.internal.kafka.bootstrap.servers',
    ]);
  });

  it('takes the schemas that a named JsonConverter adds unless it is told not to', () => {
    const converter = { 'value.converter': 'org.apache.kafka.connect.json.JsonConverter' };
    expect(read({}).config).toMatchObject({ valueConverterSchemasEnable: false });
    expect(read(converter).config).toMatchObject({
      valueConverterSchemasEnable: true,
      keyConverterSchemasEnable: false,
    });
    expect(read({ ...converter, 'value.converter.schemas.enable': 'false' }).config).toMatchObject({
      valueConverterSchemasEnable: false,
    });
  });

  it('accounts for every property: taken, ignored with a reason, or wrong', () => {
    const { ignored } = read({
      'no.such.thing': 'x',
      'producer.override.acks': 'all',
      'max.batch.size': '9',
    });
    const reasons = Object.fromEntries(ignored.map(({ property, reason }) => [property, reason]));
    expect(reasons['no.such.thing']).toBe('Not a property that Sealane or Debezium knows.');
    expect(reasons['producer.override.acks']).toContain('worker');
    expect(reasons['max.batch.size']).toContain('no such buffer');
  });

  it('reads texts as Kafka does: trimmed, true and options in any case, long integers', () => {
    const { pipeline, errors } = read({
      'tombstones.on.delete': ' FALSE ',
      'decimal.handling.mode': 'String',
      'heartbeat.interval.ms': ' 5000',
      'topic.creation.default.partitions': '3',
      'topic.creation.default.cleanup.policy': 'compact',
    });
    expect(errors).toEqual([]);
    expect(pipeline).toMatchObject({
      tombstonesOnDelete: false,
      decimalHandlingMode: 'string',
      heartbeatIntervalMs: 5000,
      topicCreationPartitions: 3,
      topicCreationConfig: { 'cleanup.policy': 'compact' },
    });
  });

  it("words errors as Debezium's validation does", () => {
    const { 'connector.class': connectorClass } = tutorial;
    expect(readConnectorConfig({ 'connector.class': connectorClass }).errors.map((e) => e.message)).toEqual([
      "The 'topic.prefix' value is invalid: A value is required",
      "The 'database.hostname' value is invalid: A value is required",
      "The 'database.user' value is invalid: A value is required",
      "The 'database.server.id' value is invalid: A value is required",
    ]);
    expect(
      errorsOf({ 'tombstones.on.delete': 'yes', 'database.port': 'abc', 'decimal.handling.mode': 'foo' }),
    ).toEqual([
      "The 'database.port' value is invalid: An integer is expected",
      "The 'tombstones.on.delete' value is invalid: Either 'true' or 'false' is expected",
      "The 'decimal.handling.mode' value is invalid: Value must be one of precise, double, string",
    ]);
    expect(
      errorsOf({ 'topic.prefix': 'a b', 'heartbeat.interval.ms': '-1', 'table.include.list': 'a[' }),
    ).toEqual([
      "The 'topic.prefix' value is invalid: a b has invalid format (only the underscore, hyphen, dot and alphanumeric characters are allowed)",
      expect.stringContaining(
        "The 'table.include.list' value is invalid: A comma-separated list of valid regular expressions is expected, but",
      ),
      "The 'heartbeat.interval.ms' value is invalid: An non-negative integer is expected",
    ]);
  });

  it('names rival properties as their author does', () => {
    expect(errorsOf({ 'table.include.list': 'a.b', 'table.exclude.list': 'c.d' })).toEqual([
      "The 'table.exclude.list' value is invalid: Give either table.include.list or table.exclude.list, not both",
    ]);
  });

  it('asks for a connector class that it has', () => {
    expect(readConnectorConfig({}).errors[0]?.message).toBe(
      'Missing required configuration "connector.class" which has no default value.',
    );
    const unknown = errorsOf({ 'connector.class': 'org.example.Other' });
    expect(unknown[0]).toContain('which name matches org.example.Other');
    expect(read({ 'connector.class': 'MySql' }).source.flavor).toBe('mysql');
    expect(read({ 'connector.class': 'MariaDbConnector' }).source.flavor).toBe('mariadb');
  });

  it('takes the names and modes of earlier releases, with a warning each', () => {
    const { 'topic.prefix': prefix, 'schema.history.internal.kafka.topic': _history, ...rest } = tutorial;
    const reading = readConnectorConfig({
      ...rest,
      'database.server.name': prefix,
      'database.history.kafka.topic': 'h',
      'table.whitelist': 'inventory.orders',
      'snapshot.mode': 'schema_only',
    });
    expect(reading.errors).toEqual([]);
    expect(reading.pipeline).toMatchObject({
      topicPrefix: 'dbserver1',
      tableIncludeList: ['inventory.orders'],
      snapshotMode: 'no_data',
      schemaHistoryTopic: 'h',
    });
    expect(reading.warnings.map(({ property }) => property).sort()).toEqual([
      'database.history.kafka.topic',
      'database.server.name',
      'snapshot.mode',
      'table.whitelist',
    ]);
  });

  it.each(['never', 'schema_only_recovery'])('reads snapshot.mode=%s with a warning', (mode) => {
    const { errors, warnings } = read({ 'snapshot.mode': mode });
    expect(errors).toEqual([]);
    expect(warnings).toEqual([{ property: 'snapshot.mode', message: expect.any(String) }]);
  });

  it('takes snapshot.mode=recovery as it is, and says what becomes of gtid.ignore.on.recovery', () => {
    const { pipeline, warnings } = read({ 'snapshot.mode': 'recovery', 'gtid.ignore.on.recovery': 'true' });
    expect(pipeline.snapshotMode).toBe('recovery');
    expect(warnings).toEqual([
      { property: 'gtid.ignore.on.recovery', message: expect.stringContaining('alter the stored offset') },
    ]);
    expect(read({ 'gtid.ignore.on.recovery': 'false' }).warnings).toEqual([]);
  });

  it('lets the present name win over the old one, and says so', () => {
    const { pipeline, ignored } = read({ 'database.server.name': 'old' });
    expect(pipeline.topicPrefix).toBe('dbserver1');
    expect(ignored.map(({ property }) => property)).toContain('database.server.name');
  });

  it("reads the TLS modes of both connectors, and refuses the other one's", () => {
    const mariadb = 'io.debezium.connector.mariadb.MariaDbConnector';
    const mode = (value: string, connectorClass = tutorial['connector.class']) =>
      read({ 'database.ssl.mode': value, 'connector.class': connectorClass });
    expect(mode('verify_ca').source.tls.mode).toBe('verify_ca');
    expect(mode('verify-full', mariadb).source.tls.mode).toBe('verify_identity');
    expect(mode('trust', mariadb).source.tls.mode).toBe('required');
    expect(mode('trust').errors[0]?.message).toContain('Value must be one of disabled, preferred, required');
  });

  it('warns of what would make other records than with Debezium', () => {
    const { warnings } = read({
      'value.converter': 'io.confluent.connect.avro.AvroConverter',
      transforms: 'route',
      'transforms.route.type': 'org.apache.kafka.connect.transforms.RegexRouter',
      'key.converter': 'org.apache.kafka.connect.json.JsonConverter',
      'key.converter.schemas.enable': 'false',
    });
    expect(warnings.map(({ property }) => property)).toEqual([
      'value.converter',
      'transforms',
      'transforms.route.type',
    ]);
  });

  it('does not take the reference of a config provider for a password', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the form that Kafka's config providers have
    expect(errorsOf({ 'database.password': '${file:/secrets/db:password}' })).toEqual([
      "The 'database.password' value is invalid: Sealane does not resolve Connect’s config providers; give the value itself",
    ]);
  });
});
