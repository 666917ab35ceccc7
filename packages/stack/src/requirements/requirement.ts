import { SealaneError } from '@sealane/errors/sealane-error';

/** Something a service needs from the machine. */
export interface Requirement {
  /** Unique; a requirement of several services is checked and reported once. */
  readonly name: string;
  /** Resolves to null when it is there, else to what is wrong and how to get it, each one sentence. */
  check(): Promise<{ why: string; remedy: string } | null>;
}

/** Checks requirements once each. Returns `STACK_REQUIREMENT_MISSING` naming all that are missing, or null. */
export async function checkRequirements(
  subject: string,
  requirements: readonly Requirement[],
): Promise<SealaneError | null> {
  const unique = [...new Map(requirements.map((requirement) => [requirement.name, requirement])).values()];
  const findings = await Promise.all(unique.map((requirement) => requirement.check()));
  const missing = findings.filter((finding) => finding !== null);
  if (missing.length === 0) return null;
  return new SealaneError({
    code: 'STACK_REQUIREMENT_MISSING',
    message: `This machine cannot start ${subject} natively.`,
    why: missing.map((finding) => finding.why).join(' '),
    remedy: missing.map((finding) => finding.remedy).join(' '),
  });
}
