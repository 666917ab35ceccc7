import type { OutputBuffer } from './output-buffer.ts';

/** Appends text as a JSON string, quotes included. A lone surrogate becomes U+FFFD, as UTF-8 demands. */
export function appendJsonString(out: OutputBuffer, text: string): void {
  const utf8 = Buffer.from(text, 'utf8');
  out.appendJsonUtf8(utf8, 0, utf8.length);
}
