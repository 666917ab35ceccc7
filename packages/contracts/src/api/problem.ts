import { z } from 'zod';

/** The body of every error answer of `/api/v1`: RFC 9457 members beside Sealane's own. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().nullable(),
  /** Stable code, e.g. `VALIDATION_FAILED`, `NOT_FOUND`, `SOURCE_ACCESS_DENIED`. */
  code: z.string(),
  why: z.string().nullable(),
  remedy: z.string().nullable(),
  retriable: z.boolean(),
  fields: z.array(z.object({ path: z.string(), message: z.string() })),
  requestId: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;
