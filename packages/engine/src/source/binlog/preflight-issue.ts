import type { FieldIssue } from '@sealane/errors/sealane-error';

/** One finding: what is wrong, why that matters, and the statement or line that mends it. */
export interface PreflightIssue {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  readonly why: string;
  readonly remedy: string;
  readonly fields: readonly FieldIssue[];
}

type IssueTexts = { why: string; remedy: string; fields?: readonly FieldIssue[] };

/** What rules the source out. */
export function error(
  code: string,
  message: string,
  { why, remedy, fields = [] }: IssueTexts,
): PreflightIssue {
  return { severity: 'error', code, message, why, remedy, fields };
}

/** What a person should know. */
export function warning(
  code: string,
  message: string,
  { why, remedy, fields = [] }: IssueTexts,
): PreflightIssue {
  return { severity: 'warning', code, message, why, remedy, fields };
}
