/** One field of rejected input: where it stands and what is wrong with it. */
export interface FieldIssue {
  /** Dotted path in the input, e.g. `config.topicPrefix`. */
  path: string;
  message: string;
}

/** What a {@link SealaneError} is made of. Every text is a full sentence for a person. */
export interface SealaneErrorInit {
  /** Stable, SCREAMING_SNAKE_CASE, never reused for another meaning, e.g. `SOURCE_ACCESS_DENIED`. */
  code: string;
  /** What happened. */
  message: string;
  /** Why it happened, with the server's own text where there is one. */
  why?: string | undefined;
  /** What to do next: a command, a setting, a place to look. */
  remedy?: string | undefined;
  /** True when the same operation may succeed later without anyone changing its input. */
  retriable?: boolean | undefined;
  /** Input errors name the fields they concern. */
  fields?: readonly FieldIssue[] | undefined;
  /** Machine-readable extras (host, table, wanted and available position). Never secrets. */
  details?: Readonly<Record<string, string | number | boolean | null>> | undefined;
  cause?: unknown;
}

/** The JSON form of a {@link SealaneError}: what crosses processes, Redis, Postgres and the REST API. */
export interface ErrorReport {
  code: string;
  message: string;
  why: string | null;
  remedy: string | null;
  retriable: boolean;
  fields: readonly FieldIssue[];
  details: Readonly<Record<string, string | number | boolean | null>>;
}

/** The only error class of the system. `retriable` decides retries; `code` is the contract. */
export class SealaneError extends Error {
  override readonly name = 'SealaneError';
  readonly code: string;
  readonly why: string | null;
  readonly remedy: string | null;
  readonly retriable: boolean;
  readonly fields: readonly FieldIssue[];
  readonly details: Readonly<Record<string, string | number | boolean | null>>;

  constructor(init: SealaneErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.code = init.code;
    this.why = init.why ?? null;
    this.remedy = init.remedy ?? null;
    this.retriable = init.retriable ?? false;
    this.fields = init.fields ?? [];
    this.details = init.details ?? {};
  }

  /** The serialisable form; the cause stays behind, for the log. */
  toReport(): ErrorReport {
    return {
      code: this.code,
      message: this.message,
      why: this.why,
      remedy: this.remedy,
      retriable: this.retriable,
      fields: this.fields,
      details: this.details,
    };
  }

  /** The same error for a caller whose input has other names: at the fields that it concerns there. */
  at(fields: readonly FieldIssue[]): SealaneError {
    const { code, message, retriable, details, cause } = this;
    const why = this.why ?? undefined;
    const remedy = this.remedy ?? undefined;
    return new SealaneError({ code, message, why, remedy, retriable, fields, details, cause });
  }

  /** Rebuilds an error from its report, e.g. one that a child process sent. */
  static fromReport(report: ErrorReport): SealaneError {
    return new SealaneError({ ...report, why: report.why ?? undefined, remedy: report.remedy ?? undefined });
  }
}

/**
 * Turns anything thrown into a {@link SealaneError}. What is not one already is a defect of ours, so it gets
 * the code `INTERNAL_ERROR`, is not retriable, and keeps the original as its cause.
 */
export function toSealaneError(thrown: unknown): SealaneError {
  if (thrown instanceof SealaneError) return thrown;
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return new SealaneError({
    code: 'INTERNAL_ERROR',
    message: 'Something failed that Sealane did not foresee.',
    why,
    remedy: 'Look at the worker or web log for the stack trace and report it with the error code.',
    cause: thrown,
  });
}
