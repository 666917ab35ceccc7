import { ORPCError } from '@orpc/client';
import type { FieldIssue } from '@sealane/errors/sealane-error';

/** An error as every page shows it: what, why, what to do, code. */
export interface ProblemView {
  code: string;
  message: string;
  why: string | null;
  remedy: string | null;
  retriable: boolean;
  fields: readonly FieldIssue[];
  status: number | null;
  requestId: string | null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function readFields(value: unknown): FieldIssue[] {
  if (!Array.isArray(value)) return [];
  const fields: FieldIssue[] = [];
  for (const entry of value) {
    if (typeof entry !== 'object' || entry === null) continue;
    const path = 'path' in entry ? text(entry.path) : null;
    const message = 'message' in entry ? text(entry.message) : null;
    if (path !== null && message !== null) fields.push({ path, message });
  }
  return fields;
}

function fromBody(body: object, fallback: { code: string; message: string; status: number }): ProblemView {
  const get = (name: string): unknown => (name in body ? (body as Record<string, unknown>)[name] : undefined);
  return {
    code: text(get('code')) ?? fallback.code,
    message: text(get('detail')) ?? text(get('title')) ?? text(get('message')) ?? fallback.message,
    why: text(get('why')),
    remedy: text(get('remedy')),
    retriable: get('retriable') === true,
    fields: readFields(get('fields')),
    status: fallback.status,
    requestId: text(get('requestId')),
  };
}

/** Turns anything a call threw into what a person needs to see. A lost connection is named as such. */
export function toProblem(error: unknown): ProblemView {
  if (error instanceof ORPCError) {
    const body: unknown = error.data;
    return fromBody(typeof body === 'object' && body !== null ? body : {}, {
      code: String(error.code),
      message: error.message,
      status: error.status,
    });
  }
  const message = error instanceof Error ? error.message : String(error);
  const offline = error instanceof TypeError;
  return {
    code: offline ? 'CONSOLE_UNREACHABLE' : 'CLIENT_ERROR',
    message: offline ? 'The console server does not answer.' : message,
    why: offline ? message : null,
    remedy: offline
      ? 'Check your connection and that the Sealane web process is up. The page tries again by itself.'
      : null,
    retriable: offline,
    fields: [],
    status: null,
    requestId: null,
  };
}

/** True when the call failed because nobody is signed in. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ORPCError && error.status === 401;
}
