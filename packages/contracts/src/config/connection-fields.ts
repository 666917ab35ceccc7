import { z } from 'zod';
import { field } from './config-field.ts';

/** The connection to the source, and how much may wait. */
export const connectionFields = {
  serverId: field(z.int().min(1).max(4294967295).optional(), {
    property: 'database.server.id',
    title: 'Server id',
    description: 'Replica id of this pipeline, unique among all replicas of the source. Chosen when empty.',
    example: '5401',
    unset: 'chosen',
  }),
  connectTimeoutMs: field(z.int().min(100).default(30_000), {
    property: 'connect.timeout.ms',
    title: 'Connect timeout',
    description: 'Milliseconds to wait for a connection to the source.',
  }),
  keepAliveIntervalMs: field(z.int().min(1000).default(60_000), {
    property: 'connect.keep.alive.interval.ms',
    title: 'Keep-alive interval',
    description:
      'A silent binlog connection is taken for dead after this many milliseconds; heartbeats come every 0.8 of it.',
  }),
  maxQueueSizeInBytes: field(z.int().min(1_048_576).default(67_108_864), {
    property: 'max.queue.size.in.bytes',
    title: 'Queue limit',
    description: 'Bytes that may wait for Kafka before reading from the source pauses.',
  }),
};
