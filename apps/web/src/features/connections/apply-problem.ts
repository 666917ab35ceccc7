import type { FieldPath, FieldValues, UseFormSetError } from 'react-hook-form';
import type { ProblemView } from '../api/problem.ts';

interface ApplyOptions<T extends FieldValues> {
  problem: ProblemView;
  setError: UseFormSetError<T>;
  /** The form's own path for a path of the API's input; null when the form has no such field. */
  place: (path: string) => FieldPath<T> | null;
}

/**
 * Puts the server's field errors at their fields. Returns the problem when something of it has no field, so that
 * it is shown above the form and nothing is swallowed.
 */
export function applyProblem<T extends FieldValues>({
  problem,
  setError,
  place,
}: ApplyOptions<T>): ProblemView | null {
  let placed = 0;
  for (const field of problem.fields) {
    const path = place(field.path);
    if (path === null) continue;
    setError(path, { type: 'server', message: field.message }, { shouldFocus: placed === 0 });
    placed += 1;
  }
  return placed > 0 && placed === problem.fields.length ? null : problem;
}
