/** Keeps the end of a text stream: at most `maxLines` lines of at most `maxLineLength` characters. */
export interface LineTail {
  push(chunk: string): void;
  /** The kept lines, joined by line breaks. */
  text(): string;
}

export function createLineTail(maxLines = 20, maxLineLength = 400): LineTail {
  let lines: string[] = [];
  let open = '';
  const cut = (line: string): string => line.slice(0, maxLineLength);
  return {
    push(chunk) {
      const parts = (open + chunk).split(/\r?\n/);
      open = cut(parts.pop() ?? '');
      lines = [...lines, ...parts.filter((line) => line.trim() !== '').map(cut)].slice(-maxLines);
    },
    text: () => (open.trim() === '' ? lines : [...lines, open].slice(-maxLines)).join('\n'),
  };
}
