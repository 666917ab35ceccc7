import { pipelineConfigSchema } from '@sealane/contracts/pipeline-config';
import type { SealaneError } from '@sealane/errors/sealane-error';
import { expect, it } from 'vitest';
import { compileCaptureFilter } from '../change/capture-filter.ts';
import { image, rowsChange } from '../testing/int-rows.ts';
import { createDebeziumJsonSerializer } from './change-serializer.ts';
import { tolerantSerializer } from './tolerant-serializer.ts';

it('leaves out the rest of an event that cannot be read, says so, and goes on with the next one', () => {
  const config = pipelineConfigSchema.parse({ topicPrefix: 'erp' });
  const failures: SealaneError[] = [];
  const serializer = tolerantSerializer(
    createDebeziumJsonSerializer({
      native: null,
      identity: { version: '3.5.0.Sealane', connector: 'mariadb', name: 'erp' },
      config,
      filter: compileCaptureFilter(config),
      runId: '1',
    }),
    (error) => failures.push(error),
  );
  const half = image(2, 0).subarray(0, 6);
  const changes = [rowsChange('insert', [image(1, 0), half]), rowsChange('insert', [image(3, 0)])];
  const keys = changes.flatMap((change) => {
    const cursor = serializer.open(change);
    const found = [];
    while (cursor?.next() === true) found.push(cursor.key?.toString());
    return found;
  });
  expect(keys).toEqual(['{"id":1}', '{"id":3}']);
  expect(failures.map(({ code }) => code)).toEqual(['BINLOG_EVENT_MALFORMED']);
});
