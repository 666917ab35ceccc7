import { SealaneError } from '@sealane/errors/sealane-error';

/** What a request gets for an id that does not exist (any more). */
export function notFound(what: string, id: string): SealaneError {
  return new SealaneError({
    code: 'NOT_FOUND',
    message: `There is no ${what} with this id.`,
    why: 'It was deleted, or the address is wrong.',
    remedy: 'Reload the list.',
    details: { what, id },
  });
}
