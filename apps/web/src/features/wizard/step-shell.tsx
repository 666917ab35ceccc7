import { CircleAlert } from 'lucide-react';
import type { DraftErrors } from './draft.ts';

/** The error of one field that has no input of its own, e.g. a choice or a tree. */
export function StepError({ errors, path }: { errors: DraftErrors; path: string }) {
  const message = errors[path] ?? Object.entries(errors).find(([key]) => key.startsWith(`${path}.`))?.[1];
  if (message === undefined) return null;
  return (
    <p role="alert" className="flex items-center gap-1.5 text-sm text-bad">
      <CircleAlert aria-hidden className="size-3.5" />
      {message}
    </p>
  );
}
