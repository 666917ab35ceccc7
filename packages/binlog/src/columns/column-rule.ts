import { OutputBuffer } from '../bytes/output-buffer.ts';
import { charsetWidth } from '../table/collations.ts';
import type { ColumnType, TableColumn } from '../table/table-schema.ts';
import type { ImageCodec, TextJsonWriter } from './column-codec.ts';
import { columnHash } from './column-hash.ts';
import type { HandlingModes } from './handling-modes.ts';

/** What is done to the values of a column before they leave; Debezium's `column.truncate.*` and `column.mask.*`. */
export type ColumnRule =
  /** Cuts text to `length` UTF-16 units, binary data to as many bytes. */
  | { readonly kind: 'truncate'; readonly length: number }
  /** `length` asterisks instead of any value, also of NULL. */
  | { readonly kind: 'mask'; readonly length: number }
  /** Hexadecimal digest, cut to the column's length; `v1` digests the value as Java serialises it, `v2` its UTF-8. */
  | {
      readonly kind: 'hash';
      readonly version: 'v1' | 'v2';
      readonly algorithm: string;
      readonly salt: string;
    };

/** A rule as it acts on the values of one column. */
export interface CompiledRule {
  readonly image: (codec: ImageCodec) => ImageCodec;
  readonly text: (writer: TextJsonWriter) => TextJsonWriter;
  /** What stands for NULL, where that is not `null`. */
  readonly nullJson: Buffer | null;
}

/** Makes other JSON of a value's JSON. */
type Rewrite = (json: Buffer) => Buffer;

/** The rule on this column; null where it does nothing, because the column holds no text or is short enough. */
export function compileRule(
  rule: ColumnRule,
  column: TableColumn,
  modes: HandlingModes,
): CompiledRule | null {
  const { type } = column;
  switch (rule.kind) {
    case 'mask':
      return isText(type) ? masking(Buffer.from(`"${'*'.repeat(rule.length)}"`)) : null;
    case 'hash':
      return isText(type) ? rewriting(hashing(rule, declaredLength(type))) : null;
    case 'truncate': {
      const length = declaredLength(type);
      if (length >= 0 && length <= rule.length) return null;
      if (type.family !== 'binary')
        return isText(type) || type.family === 'json' ? rewriting(cutting(rule.length)) : null;
      return rewriting(
        modes.binaryHandlingMode === 'bytes' ? cuttingBytes(rule.length) : cutting(rule.length),
      );
    }
  }
}

/** The types that the JDBC types CHAR and VARCHAR stand for in Debezium; MariaDB's UUID and INET travel as text, too. */
function isText({ family }: ColumnType): boolean {
  return ['string', 'enum', 'set', 'uuid', 'inet6', 'inet4'].includes(family);
}

/** Length as Debezium's DDL parser notes it: characters, bytes, 1 for ENUM, room for one-letter labels for SET; -1: none. */
function declaredLength(type: ColumnType): number {
  switch (type.family) {
    case 'string':
      return type.kind === 'text' ? -1 : Math.floor(type.length / charsetWidth(type.charset));
    case 'binary':
      return type.kind === 'blob' ? -1 : type.length;
    case 'enum':
      return 1;
    case 'set':
      return Math.max(0, type.labels.length * 2 - 1);
    default:
      return -1;
  }
}

function masking(json: Buffer): CompiledRule {
  return {
    image: (codec) => ({
      ...codec,
      maxFixedJson: 0,
      readValue: () => json.toString('utf8', 1, json.length - 1),
      writeJson: (src, pos, out) => {
        out.appendBytes(json);
        return codec.skip(src, pos);
      },
    }),
    text: () => (_cell, out) => out.appendBytes(json),
    nullJson: json,
  };
}

/** The value is written as ever into a buffer of its own and rewritten from there: so a snapshot gives what the stream gives. */
function rewriting(rewrite: Rewrite): CompiledRule {
  const scratch = new OutputBuffer({ initialBytes: 4096 });
  return {
    image: (codec) => {
      const writeJson: ImageCodec['writeJson'] = (src, pos, out) => {
        scratch.truncate(0);
        scratch.ensure(codec.maxFixedJson + 8);
        const next = codec.writeJson(src, pos, scratch);
        out.appendBytes(rewrite(scratch.written()));
        return next;
      };
      const readValue: ImageCodec['readValue'] = (src, pos) => {
        scratch.truncate(0);
        scratch.ensure(codec.maxFixedJson + 8);
        codec.writeJson(src, pos, scratch);
        return String(JSON.parse(rewrite(scratch.written()).toString()));
      };
      return { ...codec, maxFixedJson: 0, readValue, writeJson };
    },
    text: (writer) => (cell, out) => {
      scratch.truncate(0);
      writer(cell, scratch);
      out.appendBytes(rewrite(scratch.written()));
    },
    nullJson: null,
  };
}

/** Text that is not longer stays the very bytes it was. Half a surrogate pair is no text, so such a pair goes as a whole. */
function cutting(length: number): Rewrite {
  return (json) => {
    if (json.length - 2 <= length) return json;
    const value = textOf(json);
    if (value.length <= length) return json;
    const cut = /[\uD800-\uDBFF]/.test(value.charAt(length - 1)) ? length - 1 : length;
    return Buffer.from(JSON.stringify(value.slice(0, cut)));
  };
}

function cuttingBytes(length: number): Rewrite {
  return (json) => {
    const value = Buffer.from(textOf(json), 'base64');
    return value.length <= length ? json : Buffer.from(`"${value.subarray(0, length).toString('base64')}"`);
  };
}

function hashing(rule: Extract<ColumnRule, { kind: 'hash' }>, length: number): Rewrite {
  const hash = columnHash(rule);
  return (json) => {
    const digest = hash(textOf(json));
    return Buffer.from(`"${length > 0 ? digest.slice(0, length) : digest}"`);
  };
}

function textOf(json: Buffer): string {
  return String(JSON.parse(json.toString('utf8')));
}
