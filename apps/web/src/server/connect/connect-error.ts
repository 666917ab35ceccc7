import { SealaneError } from '@sealane/errors/sealane-error';
import { toOperationError, toProblem } from '../http/problem.ts';

/** An error with the status and the text that Kafka Connect has for it. */
export function connectError(status: number, message: string): SealaneError {
  return new SealaneError({ code: 'CONNECT_REQUEST_REFUSED', message, details: { status } });
}

/** `Connector a not found`: what most calls say of a name that no connector has. */
export function connectorNotFound(name: string): SealaneError {
  return connectError(404, `Connector ${name} not found`);
}

/** A refused configuration: all that is wrong with it, a line each. */
export function invalidConfig(messages: readonly string[]): SealaneError {
  return connectError(
    400,
    [
      `Connector configuration is invalid and contains the following ${messages.length} error(s):`,
      ...messages,
      'You can also find the above list of errors at the endpoint `/connector-plugins/{connectorType}/config/validate`',
    ].join('\n'),
  );
}

/** The body of every error answer of Kafka Connect. */
export interface ConnectErrorBody {
  error_code: number;
  message: string;
}

/** Any throw as status and body. What Sealane's own operations throw keeps its reason and its remedy in the text. */
export function toConnectError(thrown: unknown): { error: SealaneError; body: ConnectErrorBody } {
  const error = toOperationError(thrown);
  const own = error.details.status;
  if (error.code === 'CONNECT_REQUEST_REFUSED' && typeof own === 'number')
    return { error, body: { error_code: own, message: error.message } };
  return { error, body: { error_code: statusOf(error), message: fullText(error) } };
}

/** What is wrong in one line: message, reason and remedy. */
export function fullText({ message, why, remedy }: SealaneError): string {
  return [message, why, remedy].filter((part) => part !== null && part !== '').join(' ');
}

/** Connect knows no 422 and no 503: a configuration that cannot be met is a bad request, what is away an internal error. */
function statusOf(error: SealaneError): number {
  const { status } = toProblem(error, '');
  if (status === 422) return error.retriable ? 500 : 400;
  return Math.min(status, 500);
}
