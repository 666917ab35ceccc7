import type { ErrorReportJson } from '@sealane/contracts/pipeline-state';

/** How a pipeline process ended, as the operating system tells it. */
export interface ProcessExit {
  code: number | null;
  signal: string | null;
  /** The last lines it wrote to its error output. */
  stderr: string;
}

const OUT_OF_MEMORY = /heap out of memory|allocation failed|Reached heap limit/i;

function failure(
  init: Pick<ErrorReportJson, 'code' | 'message' | 'why' | 'remedy'>,
  exit?: ProcessExit,
): ErrorReportJson {
  const details = exit === undefined ? {} : { exitCode: exit.code, signal: exit.signal };
  return { ...init, retriable: true, fields: [], details };
}

/** The reason of a process that died without a last word: its exit code or signal and what it wrote last. */
export function crashFailure(exit: ProcessExit): ErrorReportJson {
  if (OUT_OF_MEMORY.test(exit.stderr)) {
    return failure(
      {
        code: 'PIPELINE_PROCESS_OUT_OF_MEMORY',
        message: 'The pipeline process ran out of memory.',
        why: exit.stderr,
        remedy:
          'It is started again. If it happens again, lower max.queue.size.in.bytes or raise SEALANE_PIPELINE_HEAP_MB.',
      },
      exit,
    );
  }
  const how = exit.signal === null ? `with exit code ${exit.code ?? 'unknown'}` : `by signal ${exit.signal}`;
  return failure(
    {
      code: 'PIPELINE_PROCESS_CRASHED',
      message: `The pipeline process ended ${how}.`,
      why: exit.stderr === '' ? 'It left no message.' : exit.stderr,
      remedy:
        exit.signal === 'SIGKILL'
          ? 'It is started again. Look for a kill by hand or by the kernel for lack of memory (dmesg, container limits).'
          : 'It is started again and resumes at the stored offset. If it happens again, report the message above.',
    },
    exit,
  );
}

/** The reason of a process that was killed because it gave no sign of life. */
export function hangFailure(seconds: number): ErrorReportJson {
  return failure({
    code: 'PIPELINE_PROCESS_HUNG',
    message: `The pipeline process gave no sign of life for ${seconds} s and was killed.`,
    why: 'It was blocked or the machine had no processor time for it.',
    remedy: 'It is started again and resumes at the stored offset. Look at the load of the worker machine.',
  });
}

/** The reason of a process that ended in order although nobody of us asked it to. */
export function unaskedFailure(exit: ProcessExit): ErrorReportJson {
  return failure(
    {
      code: 'PIPELINE_PROCESS_ENDED',
      message: 'The pipeline process was asked to end by someone else.',
      why: 'It received a signal from outside of the worker and ended in order.',
      remedy: 'It is started again. Stop a pipeline in the console, not by a signal.',
    },
    exit,
  );
}
