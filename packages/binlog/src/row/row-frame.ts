import { appendJsonString } from '../bytes/json-string.ts';
import { OutputBuffer } from '../bytes/output-buffer.ts';
import { type PreparedText, prepareText } from '../bytes/prepared-text.ts';
import { missingJson } from '../columns/missing-value.ts';
import type { ImageColumn } from './row-layout.ts';
import type { RowCodecOptions } from './row-writer-types.ts';

interface Member {
  readonly name: string;
  /** What the member always is: the column is not in the image. */
  readonly json: Buffer | null;
}

/** Names and fixed members in the order of the table: what stands before the value of each column, and behind the last one. */
export interface RowFrame {
  readonly prefixes: readonly PreparedText[];
  readonly closing: Buffer;
}

/** Prepares the frame of an image with these columns. */
export function frameOf(options: RowCodecOptions, columns: readonly ImageColumn[]): RowFrame {
  const { placeholder, modes, schema } = options;
  const prefixes = columns.map(() => prepareText(() => undefined));
  const included = options.included ?? (() => true);
  const nameOf = options.fieldName ?? ((name: string) => name);
  let pending: Member[] = [];
  let written = 0;
  const take = (last: Member): PreparedText => {
    const members = [...pending, last];
    pending = [];
    const first = written === 0;
    written += members.length;
    return prepareText((out) => putMembers(out, members, first));
  };
  for (const column of schema.columns.filter(({ ordinal }) => included(ordinal))) {
    const index = columns.findIndex((entry) => entry.column === column);
    if (index !== -1) prefixes[index] = take({ name: nameOf(column.name), json: null });
    else if (placeholder !== undefined) {
      const rule = options.rules?.(column.ordinal);
      const json = missingJson(column, { placeholder, modes, rule });
      pending.push({ name: nameOf(column.name), json });
    }
  }
  const end = new OutputBuffer({ initialBytes: 256 });
  putMembers(end, pending, written === 0);
  end.appendText('}');
  return { prefixes, closing: end.copyFrom() };
}

function putMembers(out: OutputBuffer, members: readonly Member[], first: boolean): void {
  for (const [i, { name, json }] of members.entries()) {
    if (!first || i > 0) out.appendText(',');
    appendJsonString(out, name);
    out.appendText(':');
    if (json !== null) out.appendBytes(json);
  }
}
