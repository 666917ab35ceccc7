import { z } from 'zod';

/** Regular expressions anchored to a whole name, matched without regard to case. */
export const regexList = z.array(z.string().min(1)).superRefine((patterns, context) => {
  for (const [index, pattern] of patterns.entries()) {
    const problem = regexProblem(pattern);
    if (problem !== null) context.addIssue({ code: 'custom', path: [index], message: problem });
  }
});

/** Null for a regular expression, else what is wrong with it. */
export function regexProblem(pattern: string): string | null {
  try {
    new RegExp(`^(?:${pattern})$`);
    return null;
  } catch (error) {
    return `Not a valid regular expression: ${error instanceof Error ? error.message : String(error)}`;
  }
}

const TOPIC_CHARACTERS = /^[A-Za-z0-9._-]+$/;
const TOPIC_CHARACTERS_MESSAGE = 'Only letters, digits, dot, underscore and hyphen';

/** What stands between the parts of a topic name: unlike a name it may be a lone dot. */
export const topicDelimiter = z
  .string()
  .min(1, 'Required')
  .max(10)
  .regex(TOPIC_CHARACTERS, TOPIC_CHARACTERS_MESSAGE);

/** Topic name part: what Kafka allows in a topic name. */
export const topicName = z
  .string()
  .min(1, 'Required')
  .max(200)
  .regex(TOPIC_CHARACTERS, TOPIC_CHARACTERS_MESSAGE)
  .refine((name) => name !== '.' && name !== '..', 'Not a legal topic name');
