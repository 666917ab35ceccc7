import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { type ErrorReport, SealaneError } from '@sealane/errors/sealane-error';
import { inject } from 'vitest';
import type { ServiceAddresses } from '../service-addresses.ts';
import type { ServiceName } from '../service-name.ts';
import type {} from './global-setup.ts';

/**
 * Addresses of the services that all tests of a run share; each starts when a test first asks for it and ends with the
 * run. Tests keep apart by unique names ({@link uniqueName}) and never stop or reconfigure a shared service. The first
 * call may take a minute or more on a machine without cached downloads: give the hook that time.
 */
export async function sharedStack<const N extends ServiceName>(
  names: readonly N[],
): Promise<Pick<ServiceAddresses, N>> {
  const socketPath = inject('sealaneStackSocket');
  if (socketPath === undefined) {
    throw new SealaneError({
      code: 'STACK_NO_BROKER',
      message: 'There is no stack broker in this test run.',
      remedy:
        'Run Vitest from the repository root, whose configuration names packages/stack/src/testing/global-setup.ts.',
    });
  }
  const { status, body } = await post(socketPath, JSON.stringify(names));
  if (status !== 200) throw SealaneError.fromReport(JSON.parse(body) as ErrorReport);
  return JSON.parse(body) as Pick<ServiceAddresses, N>;
}

/** A name no other test uses, fit for databases, topics and groups: `shop_3f9a1c20`. */
export function uniqueName(prefix: string): string {
  return `${prefix}_${randomBytes(4).toString('hex')}`;
}

function post(socketPath: string, content: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, method: 'POST', path: '/' }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode, body }), reject);
    });
    call.once('error', reject);
    call.end(content);
  });
}
