import type { FieldIssue } from '@sealane/errors/sealane-error';
import type { FieldPath, FieldValues, UseFormSetError } from 'react-hook-form';
import type { ProblemView } from '../api/problem.ts';

interface Places<T extends FieldValues> {
  setError: UseFormSetError<T>;
  /** The form's own path for a path of the API's input; null when the form has no such field. */
  place: (path: string) => FieldPath<T> | null;
}

/** Puts the server's field errors at their fields, the first in focus. Returns whether each had one. */
export function placeIssues<T extends FieldValues>({
  issues,
  setError,
  place,
}: Places<T> & { issues: readonly FieldIssue[] }): boolean {
  let placed = 0;
  for (const issue of issues) {
    const path = place(issue.path);
    if (path === null) continue;
    setError(path, { type: 'server', message: issue.message }, { shouldFocus: placed === 0 });
    placed += 1;
  }
  return placed === issues.length;
}

/**
 * Puts a problem at the fields that it names. Returns it unless they say all of it, so that cause and remedy are shown with the
 * form and nothing is swallowed.
 */
export function applyProblem<T extends FieldValues>({
  problem,
  ...places
}: Places<T> & { problem: ProblemView }): ProblemView | null {
  const isPlaced = placeIssues({ issues: problem.fields, ...places }) && problem.fields.length > 0;
  return isPlaced && problem.code === 'VALIDATION_FAILED' ? null : problem;
}
