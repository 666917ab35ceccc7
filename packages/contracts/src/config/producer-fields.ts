import { z } from 'zod';
import { field } from './config-field.ts';

/** How records travel to Kafka: the settings of Connect's producer that a pipeline has for itself. */
export const producerFields = {
  producerCompression: field(z.enum(['none', 'gzip', 'snappy', 'lz4', 'zstd']).default('none'), {
    property: 'producer.override.compression.type',
    title: 'Compression',
    description:
      'How batches are compressed on their way to Kafka and in its log. lz4 costs a pipeline little and saves most of the disk and network.',
    example: 'lz4',
  }),
  producerMaxRecordBytes: field(z.int().min(1024).max(1_000_000_000).default(1_048_576), {
    property: 'producer.override.max.request.size',
    title: 'Largest record',
    description:
      "Bytes of the largest record that is sent; a larger one fails the pipeline. The topic's max.message.bytes must allow as much.",
    example: '16777216',
  }),
};
