import { z } from 'zod';
import { captureFields } from './config/capture-fields.ts';
import { field } from './config/config-field.ts';
import { topicName } from './config/config-values.ts';
import { connectSchemaFields } from './config/connect-schema-fields.ts';
import { connectionFields } from './config/connection-fields.ts';
import { converters } from './config/converter-field.ts';
import { failureFields } from './config/failure-fields.ts';
import { positionFields } from './config/position-fields.ts';
import { producerFields } from './config/producer-fields.ts';
import { recordFields } from './config/record-fields.ts';
import { schemaFields } from './config/schema-fields.ts';
import { snapshotFields } from './config/snapshot-fields.ts';
import { topicFields } from './config/topic-fields.ts';
import { valueFields } from './config/value-fields.ts';

/**
 * The capture settings of a pipeline. Every field is a connector property in camel case; the property itself
 * stands in the field's metadata, so that a connector JSON maps to this schema and back. `config/` has a file per topic.
 */
export const pipelineConfigSchema = z
  .strictObject({
    topicPrefix: field(topicName, {
      property: 'topic.prefix',
      title: 'Topic prefix',
      description: 'First part of every topic name. Offsets are keyed by it: it never changes.',
      example: 'shop',
    }),
    ...captureFields,
    ...snapshotFields,
    ...recordFields,
    ...valueFields,
    ...connectSchemaFields,
    converters,
    ...topicFields,
    ...producerFields,
    ...schemaFields,
    ...failureFields,
    ...positionFields,
    ...connectionFields,
  })
  .superRefine((config, context) => {
    const rivals = [
      ['databaseIncludeList', 'databaseExcludeList'],
      ['tableIncludeList', 'tableExcludeList'],
      ['columnIncludeList', 'columnExcludeList'],
      ['gtidSourceIncludes', 'gtidSourceExcludes'],
    ] as const;
    for (const [include, exclude] of rivals) {
      if (config[include].length > 0 && config[exclude].length > 0) {
        context.addIssue({
          code: 'custom',
          path: [exclude],
          message: `Give either ${include} or ${exclude}, not both`,
        });
      }
    }
  });

/** Capture settings with every default filled in. */
export type PipelineConfig = z.output<typeof pipelineConfigSchema>;
/** Capture settings as a user may send them: fields with defaults are optional. */
export type PipelineConfigInput = z.input<typeof pipelineConfigSchema>;
