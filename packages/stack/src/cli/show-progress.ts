import { Listr, PRESET_TIMER } from 'listr2';
import type { ServiceName } from '../service-name.ts';
import { ALL_SERVICES } from '../services/all-services.ts';
import type { ProgressEvent } from '../stack-options.ts';

type Work<T> = (onProgress: (event: ProgressEvent) => void) => Promise<T>;

/**
 * Runs work that reports progress and shows it: a live list with a line per service and its time where `live`, else
 * one plain line per event on standard error.
 */
export async function showProgress<T>(
  options: { names: readonly ServiceName[]; live: boolean },
  work: Work<T>,
): Promise<T> {
  if (options.live) return showList(options.names, work);
  const began = Date.now();
  return work((event) => {
    const seconds = `${((Date.now() - began) / 1000).toFixed(1)} s`;
    process.stderr.write(`${seconds.padStart(8)}  ${event.service.padEnd(9)} ${event.message}\n`);
  });
}

async function showList<T>(names: readonly ServiceName[], work: Work<T>): Promise<T> {
  const setTitle = new Map<ServiceName, (title: string) => void>();
  const finish = new Map<ServiceName, () => void>();
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const result = begun.then(() =>
    work((event) => {
      setTitle.get(event.service)?.(`${ALL_SERVICES[event.service].title}: ${event.message}`);
      if (event.phase === 'healthy' || event.message === 'stopped') finish.get(event.service)?.();
    }),
  );
  const lines = names.map((name) => ({
    title: ALL_SERVICES[name].title,
    task: (_: unknown, task: { title: string | undefined }) => {
      setTitle.set(name, (title) => {
        task.title = title;
      });
      // The end of the whole work ends the line too: a service that ran already reports nothing.
      return Promise.race([
        new Promise<void>((resolve) => finish.set(name, resolve)),
        result.then(() => undefined),
      ]);
    },
  }));
  const list = new Listr(lines, {
    concurrent: true,
    exitOnError: false,
    rendererOptions: { timer: PRESET_TIMER, collapseErrors: false },
  });
  const shown = list.run();
  begin();
  await shown;
  return result;
}
