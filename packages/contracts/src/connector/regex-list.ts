/**
 * Splits a comma list of regular expressions as Debezium does (`Strings.RegExSplitter`): a backslash keeps the
 * character after it, so that `\,` is a comma inside an expression; nothing else, no bracket or quote, protects a
 * comma. Parts are trimmed, empty ones dropped. Throws `SyntaxError` where a lone backslash ends the text.
 */
export function splitRegexList(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === '\\') {
      index += 1;
      if (index === text.length)
        throw new SyntaxError('Unterminated escape sequence at the end of the string');
    } else if (text[index] === ',') {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map((part) => part.trim().replaceAll('\\,', ',')).filter((part) => part !== '');
}

/** The list as Debezium splits it again; `\,` and `,` inside an expression mean the same and both become `\,`. */
export function joinRegexList(patterns: readonly string[]): string {
  return patterns
    .map((pattern) => pattern.replaceAll(/\\.|,/gs, (match) => (match === ',' ? '\\,' : match)))
    .join(',');
}
