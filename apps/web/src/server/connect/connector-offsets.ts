import { readClusterConnection } from '@sealane/db/repositories/clusters';
import { type ConnectorRow, findConnector } from '@sealane/db/repositories/connectors';
import {
  findOffsetPlace,
  type OffsetPlace,
  offsetKey,
  prepareOffsetPlace,
  readOffsetRecord,
} from '@sealane/kafka/offset-topic/offset-topic';
import { createKafkajsProducer } from '@sealane/kafka/producer/kafkajs-producer';
import { z } from 'zod';
import { notFound } from '../http/not-found.ts';
import { recordAction } from '../pipelines/notify.ts';
import { toKafkaConnection } from '../topics/session-pool.ts';
import { parse } from './connect-body.ts';
import type { ConnectCall } from './connect-call.ts';
import { connectError, connectorNotFound } from './connect-error.ts';

const WRITE_MS = 30_000;

export interface ConnectorOffset {
  partition: { server: string };
  offset: Record<string, unknown>;
}

/** Debezium's binlog offset, as far as streaming goes by it; further members are kept as they are. */
const offsetSchema = z
  .looseObject({
    file: z.string().min(1),
    pos: z.int().min(0),
    gtids: z.string().nullish(),
    event: z.int().min(0).nullish(),
    row: z.int().min(0).nullish(),
    server_id: z.int().min(0).nullish(),
    ts_sec: z.int().nullish(),
  })
  .nullable();
const alterSchema = z.object({
  offsets: z.array(z.object({ partition: z.record(z.string(), z.unknown()), offset: z.unknown() })).nullish(),
});

/** The stored offset, in the form that Connect stores it in; none before the first was written, and after a reset. */
export async function readOffsets(call: ConnectCall, row: ConnectorRow): Promise<ConnectorOffset[]> {
  const { services } = call;
  const session = await services.kafka.get(row.pipeline.cluster.id);
  const place = await findOffsetPlace(session, topicAndKey(call, row));
  const value = place === null ? null : await readOffsetRecord(session, place);
  if (value === null) return [];
  const offset = z.record(z.string(), z.unknown()).parse(JSON.parse(value.toString('utf8')));
  return [{ partition: { server: row.pipeline.config.topicPrefix }, offset }];
}

/** `PATCH …/offsets`: where a stopped connector goes on. Everything is checked before anything is written. */
export async function alterOffsets(call: ConnectCall, name: string): Promise<string> {
  const entries = parse(alterSchema, call.body).offsets ?? [];
  if (entries.length === 0)
    throw connectError(400, 'Partitions / offsets need to be provided for an alter offsets request');
  const row = await stoppedConnector(call, name);
  const { topicPrefix } = row.pipeline.config;
  const values = entries.map(({ partition, offset }) => {
    if (JSON.stringify(partition) !== JSON.stringify({ server: topicPrefix })) {
      throw connectError(
        400,
        `The partition ${JSON.stringify(partition)} is none of this connector, whose only one is ${JSON.stringify({ server: topicPrefix })}`,
      );
    }
    const parsed = parse(offsetSchema, offset ?? null);
    return parsed === null ? null : Buffer.from(JSON.stringify(parsed));
  });
  await writeOffset(call, row, values.at(-1) ?? null);
  await note(call, row, 'The stored offset was altered');
  return outcome('altered');
}

/** `DELETE …/offsets`: a stopped connector begins anew, with a snapshot. */
export async function resetOffsets(call: ConnectCall, name: string): Promise<string> {
  const row = await stoppedConnector(call, name);
  await writeOffset(call, row, null);
  await note(call, row, 'The stored offset was reset');
  return outcome('reset');
}

/** A connector whose process is certain to be gone: a running one would overwrite what is written. */
async function stoppedConnector({ services }: ConnectCall, name: string): Promise<ConnectorRow> {
  const row = await findConnector(services, name);
  if (row === null) throw connectorNotFound(name);
  const { desiredState, status } = row.pipeline;
  if (desiredState === 'stopped' && status.state === 'stopped') return row;
  throw connectError(
    400,
    `Connectors must be in the STOPPED state before their offsets can be modified. This can be done for the specified connector by issuing a 'PUT' request to the '/connectors/${name}/stop' endpoint`,
  );
}

function topicAndKey(
  { services }: ConnectCall,
  { pipeline, offsetsName }: ConnectorRow,
): { topic: string; key: Buffer } {
  return {
    topic: services.env.SEALANE_OFFSETS_TOPIC,
    key: offsetKey(offsetsName, pipeline.config.topicPrefix),
  };
}

async function writeOffset(call: ConnectCall, row: ConnectorRow, value: Buffer | null): Promise<void> {
  const { services } = call;
  const clusterId = row.pipeline.cluster.id;
  const session = await services.kafka.get(clusterId);
  const replicationFactor = row.pipeline.config.topicCreationReplicationFactor;
  const place = await prepareOffsetPlace(session, { ...topicAndKey(call, row), replicationFactor });
  await produceOne(call, clusterId, { ...place, value });
}

/** One record, acknowledged by all in-sync replicas, by a producer that lives as long. */
async function produceOne(
  { services }: ConnectCall,
  clusterId: string,
  record: OffsetPlace & { value: Buffer | null },
): Promise<void> {
  const stored = await readClusterConnection(services, clusterId);
  if (stored === null) throw notFound('cluster', clusterId);
  const producer = createKafkajsProducer({
    connection: toKafkaConnection(stored.connection),
    onError: (err) => services.log.warn({ err }, 'an offset could not be written'),
  });
  try {
    await producer.whenAcknowledged(producer.produce(record), AbortSignal.timeout(WRITE_MS));
  } finally {
    await producer.close({ timeoutMs: 0 });
  }
}

async function note({ services, actor }: ConnectCall, row: ConnectorRow, message: string): Promise<void> {
  await recordAction(services, { pipelineId: row.pipeline.id, actor, type: 'offset.changed', message });
}

function outcome(done: 'altered' | 'reset'): string {
  return `The Connect framework-managed offsets for this connector have been ${done} successfully. However, if this connector manages offsets externally, they will need to be manually ${done} in the system that the connector uses.`;
}
