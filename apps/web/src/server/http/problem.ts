import { ORPCError } from '@orpc/client';
import { ValidationError } from '@orpc/contract';
import type { Problem } from '@sealane/contracts/api/problem';
import { SealaneError } from '@sealane/errors/sealane-error';

/** Status by code; what is not listed and not ours to blame is 422: the request was understood, but cannot be met. */
const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  MALFORMED_REQUEST: 400,
  VALIDATION_FAILED: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  CROSS_ORIGIN: 403,
  NOT_FOUND: 404,
  KAFKA_TOPIC_UNKNOWN: 404,
  METHOD_NOT_ALLOWED: 405,
  NAME_TAKEN: 409,
  TOPIC_PREFIX_TAKEN: 409,
  SERVER_ID_TAKEN: 409,
  SOURCE_IN_USE: 409,
  CLUSTER_IN_USE: 409,
  TOKEN_MANAGED: 409,
  ACTION_NOT_POSSIBLE: 409,
  REFERENCE_MISSING: 409,
  REQUEST_TOO_LARGE: 413,
  TOO_MANY_ATTEMPTS: 429,
  INTERNAL_ERROR: 500,
  SECRET_UNREADABLE: 500,
  DATABASE_UNREACHABLE: 503,
  REDIS_UNREACHABLE: 503,
};

/** The answer for an error: RFC 9457 members and Sealane's own. Nothing of a stack or a cause gets out. */
export function toProblem(error: SealaneError, requestId: string): Problem {
  const status = STATUS_BY_CODE[error.code] ?? 422;
  return {
    type: `https://sealane.dev/problems/${error.code.toLowerCase().replaceAll('_', '-')}`,
    title: titleOf(error.code),
    status,
    detail: error.message,
    code: error.code,
    why: error.why,
    remedy: error.remedy,
    retriable: error.retriable,
    fields: error.fields.map((field) => ({ ...field })),
    requestId,
  };
}

/** The kind of problem in words: `SOURCE_ACCESS_DENIED` reads "Source access denied". */
function titleOf(code: string): string {
  const words = code.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Any throw of an operation as a `SealaneError`: wrong input names its fields, a defect keeps its reason to the log. */
export function toOperationError(thrown: unknown): SealaneError {
  if (thrown instanceof SealaneError) return thrown;
  if (
    thrown instanceof ORPCError &&
    thrown.code === 'BAD_REQUEST' &&
    thrown.cause instanceof ValidationError
  ) {
    return validationFailed(thrown.cause);
  }
  if (thrown instanceof ORPCError && thrown.status === 413) return tooLarge();
  if (isDatabaseUnreachable(thrown)) return databaseUnreachable(thrown);
  return new SealaneError({
    code: 'INTERNAL_ERROR',
    message: 'Something failed that Sealane did not foresee.',
    remedy: 'Look in the log of the web process for the request id.',
    cause: thrown,
  });
}

/** A body that is not JSON, or a parameter that cannot be decoded. */
export function malformedRequest(cause: unknown): SealaneError {
  return new SealaneError({
    code: 'MALFORMED_REQUEST',
    message: 'The request cannot be read.',
    why: cause instanceof Error ? cause.message : String(cause),
    remedy: 'Send valid JSON with "Content-Type: application/json".',
    cause,
  });
}

/** A body beyond the limit of the API. */
export function tooLarge(): SealaneError {
  return new SealaneError({
    code: 'REQUEST_TOO_LARGE',
    message: 'The request body is larger than 1 MiB.',
    remedy: 'Send less at once.',
  });
}

function validationFailed(cause: ValidationError): SealaneError {
  const fields = cause.issues.map((issue) => ({
    path: (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
    message: issue.message,
  }));
  return new SealaneError({
    code: 'VALIDATION_FAILED',
    message: 'Some values are missing or not allowed.',
    why: fields
      .map((field) => (field.path === '' ? field.message : `${field.path}: ${field.message}`))
      .join('; '),
    remedy: 'Correct the fields named and send it again.',
    fields,
    cause,
  });
}

/** Prisma's code for a server that cannot be reached, and the driver's own for a refused or lost connection. */
function isDatabaseUnreachable(thrown: unknown): boolean {
  if (!(thrown instanceof Error) || !('code' in thrown)) return false;
  return ['P1001', 'P1017', 'ECONNREFUSED', 'P2024'].includes(String(thrown.code));
}

function databaseUnreachable(cause: unknown): SealaneError {
  return new SealaneError({
    code: 'DATABASE_UNREACHABLE',
    message: 'Postgres does not answer.',
    remedy: 'Check DATABASE_URL and that the Postgres server runs.',
    retriable: true,
    cause,
  });
}
