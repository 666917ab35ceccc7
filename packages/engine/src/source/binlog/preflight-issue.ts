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

const issueOf =
  (severity: PreflightIssue['severity']) =>
  (code: string, message: string, { why, remedy, fields = [] }: IssueTexts): PreflightIssue => ({
    severity,
    code,
    message,
    why,
    remedy,
    fields,
  });

/** What rules the source out. */
export const error = issueOf('error');

/** What a person should know. */
export const warning = issueOf('warning');
