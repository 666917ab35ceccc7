/** ER_PARSE_ERROR: the server does not know the statement. ER_SPECIFIC_ACCESS_DENIED_ERROR: the user may not ask. */
const NO_ANSWER: readonly unknown[] = [1064, 1227];

/**
 * The answer to the first statement that the server knows and the user may run; null when there is none. For statements whose names
 * changed between versions. Throws what `query` throws for any other reason.
 */
export async function firstAnswer<T>(
  statements: readonly string[],
  query: (statement: string) => Promise<T>,
): Promise<T | null> {
  for (const statement of statements) {
    try {
      return await query(statement);
    } catch (thrown) {
      const errno = thrown instanceof Error && 'errno' in thrown ? thrown.errno : null;
      if (!NO_ANSWER.includes(errno)) throw thrown;
    }
  }
  return null;
}
