import fc from 'fast-check';

/** One UPDATE of JSON columns: what stands behind SET, its parameters, and which rows it is for. */
export interface JsonUpdate {
  readonly set: string;
  readonly parameters: readonly unknown[];
  readonly where: string;
}

const PAD = 'p'.repeat(400);
const KEYS = ['a', 'b c', '', '1', 'ü', '日本', '"', '\\', 'a.b[0]', '$x', '🙂', '\n'];

/** Documents that an update changes by a few bytes of many; the third has binary JSON's large format, the last is none. */
export const DOCUMENTS: readonly (string | null)[] = [
  `{"pad":"${PAD}","a":{"b c":[1,[2,[3,{"":[]}]]],"ü":{"\\"":1.5}},"1":18446744073709551615,"日本":-9223372036854775808}`,
  `["${PAD}",[[],{}],{"a":[{"a":[{"a":null}]}]},1e300,-0.0,true]`,
  JSON.stringify({ large: 'l'.repeat(70_000), a: Array.from({ length: 300 }, (_, i) => ({ a: i, ü: [i] })) }),
  JSON.stringify(Array.from({ length: 9000 }, (_, i) => i * 7)),
  null,
];

const VALUES: readonly string[] = [
  'TRUE',
  'NULL',
  "'text with \\\\ and \\\" and ü'",
  '-1',
  '40000',
  '-70000',
  '5000000000',
  'CAST("18446744073709551615" AS JSON)',
  'CAST("-9223372036854775808" AS JSON)',
  'CAST(-12.34500 AS DECIMAL(40,5))',
  '1.5e0',
  '-1e100',
  'CAST("2024-02-29 23:59:59.123456" AS DATETIME(6))',
  'CAST("2024-02-29" AS DATE)',
  'CAST("-838:59:59" AS TIME)',
  "CAST(x'00ff10' AS BINARY(3))",
  'JSON_ARRAY()',
  'JSON_OBJECT()',
  'JSON_ARRAY(1, JSON_ARRAY("x", NULL), JSON_OBJECT("k", 1, "", 2))',
  'JSON_OBJECT("b c", JSON_OBJECT("a", JSON_ARRAY(1, 2)), "a", CAST(1.10 AS DECIMAL(5,2)))',
  'REPEAT("g", 200)',
  'REPEAT("G", 66000)',
];

/** A path into the document, mostly to a place that is there: differences are logged for that. */
function pathOf(document: unknown, pick: (limit: number) => number): string {
  let path = '$';
  let at: unknown = document;
  for (let depth = 0; depth === 0 || (pick(3) > 0 && typeof at === 'object' && at !== null); depth++) {
    const isNew = pick(5) === 0;
    if (Array.isArray(at)) {
      const cell = isNew || at.length === 0 ? at.length + pick(3) : pick(at.length);
      path += pick(4) === 0 && cell < at.length ? `[last-${at.length - 1 - cell}]` : `[${cell}]`;
      at = at[cell];
    } else {
      const keys = Object.keys(at ?? {});
      const key = (isNew || keys.length === 0 ? KEYS[pick(KEYS.length)] : keys[pick(keys.length)]) ?? 'a';
      path += `.${JSON.stringify(key)}`;
      at = (at as Record<string, unknown> | null)?.[key];
    }
  }
  return path;
}

/** Random updates; `picks` decide everything, so that a failing one can be made again. */
export function jsonUpdate(picks: readonly number[], document: unknown): JsonUpdate {
  let next = 0;
  const pick = (limit: number): number => (picks[next++ % picks.length] ?? 0) % limit;
  const column = pick(4) === 0 ? 'b' : 'a';
  const name = ['JSON_SET', 'JSON_SET', 'JSON_REPLACE', 'JSON_REMOVE', 'JSON_ARRAY_INSERT'][pick(5)] ?? '';
  const parameters: string[] = [];
  const changes = Array.from({ length: 1 + pick(3) }, () => {
    const path = pathOf(document, pick);
    parameters.push(name === 'JSON_ARRAY_INSERT' ? path.replace(/(?:\."(?:[^"\\]|\\.)*")+$/, '[0]') : path);
    return name === 'JSON_REMOVE' ? '?' : `?, ${VALUES[pick(VALUES.length)]}`;
  });
  const where = pick(3) === 0 ? 'TRUE' : `id IN (${1 + pick(5)}, ${1 + pick(5)})`;
  const set = `n = n + 1, ${column} = ${name}(${column}, ${changes.join(', ')})`;
  return { set, parameters, where };
}

export const picksArbitrary = fc.array(fc.nat(), { minLength: 30, maxLength: 30 });
