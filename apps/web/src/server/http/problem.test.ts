import { SealaneError } from '@sealane/errors/sealane-error';
import { describe, expect, it } from 'vitest';
import { toOperationError, toProblem } from './problem.ts';

describe('a problem document', () => {
  it('says what, why and what to do, by field', () => {
    const error = new SealaneError({
      code: 'NAME_TAKEN',
      message: 'There already is a source named "shop".',
      remedy: 'Choose another name.',
      fields: [{ path: 'name', message: 'Taken' }],
    });
    expect(toProblem(error, 'r1')).toMatchObject({
      status: 409,
      title: 'Name taken',
      detail: 'There already is a source named "shop".',
      remedy: 'Choose another name.',
      fields: [{ path: 'name', message: 'Taken' }],
      requestId: 'r1',
    });
  });

  it('of a defect tells nothing of its inside: the log has it under the request id', () => {
    const problem = toProblem(toOperationError(new TypeError('secret detail of /srv/app.ts')), 'r2');
    expect(problem).toMatchObject({ status: 500, code: 'INTERNAL_ERROR', requestId: 'r2' });
    expect(JSON.stringify(problem)).not.toContain('secret detail');
  });

  it('of a lost database invites to try again', () => {
    const error = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    expect(toProblem(toOperationError(error), 'r3')).toMatchObject({
      status: 503,
      code: 'DATABASE_UNREACHABLE',
      retriable: true,
    });
  });
});
