import { z } from 'zod';
import { field } from './config-field.ts';

export const failureModes = ['fail', 'warn', 'skip'] as const;

/** What becomes of what cannot be processed. */
export const failureFields = {
  eventProcessingFailureHandlingMode: field(z.enum(failureModes).default('fail'), {
    property: 'event.processing.failure.handling.mode',
    title: 'Events that cannot be processed',
    description:
      'fail stops the pipeline at the event, and where the source logged a change without its rows. warn and skip leave out what is missing and go on: it is lost to the topic; warn says so.',
  }),
  inconsistentSchemaHandlingMode: field(z.enum(failureModes).default('fail'), {
    property: 'inconsistent.schema.handling.mode',
    title: 'Rows without a known schema',
    description:
      'Rows of a captured table whose schema as of the event is not known, or does not fit the event. fail stops the pipeline. warn and skip leave them out and go on; warn says so.',
  }),
};
