import type { ErrorReportJson } from '@sealane/contracts/pipeline-state';
import type { SealaneError } from '@sealane/errors/sealane-error';

/** An error as part of a successful answer, in the contract's form. */
export function errorReport(error: SealaneError): ErrorReportJson {
  const report = error.toReport();
  return { ...report, fields: report.fields.map((field) => ({ ...field })), details: { ...report.details } };
}
