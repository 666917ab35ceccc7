import { SealaneError } from '@sealane/errors/sealane-error';

/** Resolves when a GET answers with a 2xx status within five seconds; throws `STACK_HTTP_UNHEALTHY`. */
export async function expectHttpOk(title: string, url: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  await response.arrayBuffer();
  if (response.ok) return;
  throw new SealaneError({
    code: 'STACK_HTTP_UNHEALTHY',
    message: `${title} answers ${response.status}.`,
    why: `GET ${url} answered ${response.status} ${response.statusText}.`,
    retriable: true,
  });
}
