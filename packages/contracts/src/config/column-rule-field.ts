import { z } from 'zod';
import { field, type PropertyPattern } from './config-field.ts';
import { regexList } from './config-values.ts';

/** Java's names of the digests that a hash rule may use; letter case does not matter. */
export const hashAlgorithms = [
  'MD5',
  'SHA-1',
  'SHA-224',
  'SHA-256',
  'SHA-384',
  'SHA-512',
  'SHA-512/224',
  'SHA-512/256',
  'SHA3-224',
  'SHA3-256',
  'SHA3-384',
  'SHA3-512',
] as const;

const columns = regexList.min(1, 'Name at least one column');
const length = z.int().min(0).max(1_000_000);
const algorithm = z
  .string()
  .refine((name) => hashAlgorithms.some((known) => known.toLowerCase() === name.toLowerCase()), {
    message: `One of ${hashAlgorithms.join(', ')}`,
  });

/** `columns`: regular expressions anchored to `database.table.column`. */
export const columnRuleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('truncate'), length, columns }),
  z.strictObject({ kind: z.literal('mask'), length, columns }),
  z.strictObject({ kind: z.literal('hash'), algorithm, salt: z.string().min(1), columns }),
  z.strictObject({ kind: z.literal('hash-v2'), algorithm, salt: z.string().min(1), columns }),
]);
export type ColumnRuleConfig = z.infer<typeof columnRuleSchema>;

const hash = '{algorithm}.with.salt.{salt}';
/** The version is looked for first: `v2.SHA-256` is no name of a digest. */
const patterns: readonly PropertyPattern[] = [
  {
    property: 'column.truncate.to.{length}.chars',
    element: { kind: 'truncate' },
    list: 'columns',
    numbers: ['length'],
  },
  {
    property: 'column.mask.with.{length}.chars',
    element: { kind: 'mask' },
    list: 'columns',
    numbers: ['length'],
  },
  { property: `column.mask.hash.v2.${hash}`, element: { kind: 'hash-v2' }, list: 'columns' },
  { property: `column.mask.hash.${hash}`, element: { kind: 'hash' }, list: 'columns' },
];

export const columnRules = field(z.array(columnRuleSchema).default([]), {
  property:
    'column.truncate.to.N.chars, column.mask.with.N.chars, column.mask.hash[.v2].ALGORITHM.with.salt.SALT',
  title: 'Masked and shortened columns',
  description:
    'Rules on character columns, in values but never in keys; the first that matches a column counts, truncate before mask before hash. truncate: at most `length` characters. mask: `length` asterisks. hash, hash-v2: hexadecimal digest with `algorithm` and `salt`, cut to the column (hash digests the text as Java serialises it, hash-v2 its UTF-8).',
  example: '{"kind":"mask","length":12,"columns":["shop\\\\.customers\\\\.email"]}',
  patterns,
});
