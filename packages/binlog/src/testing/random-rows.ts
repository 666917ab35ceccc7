import fc from 'fast-check';

/** A column declaration and an arbitrary of SQL literals for it. */
export interface RandomColumn {
  readonly name: string;
  readonly declaration: string;
  readonly literal: fc.Arbitrary<string>;
}

const quoted = (text: string): string =>
  `'${text.replace(/[\\']/g, (c) => `\\${c}`).replaceAll('\0', '\\0')}'`;
const hex = (bytes: Uint8Array): string =>
  bytes.length === 0 ? "''" : `X'${Buffer.from(bytes).toString('hex')}'`;
const int = (min: bigint, max: bigint): fc.Arbitrary<string> =>
  fc.oneof(fc.constantFrom(min, max, 0n < min ? min : 0n), fc.bigInt(min, max)).map(String);
const signed = (bits: bigint): fc.Arbitrary<string> => int(-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n);
const unsigned = (bits: bigint): fc.Arbitrary<string> => int(0n, 2n ** bits - 1n);
const digits = (max: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[0-9]{1,${max}}$`));
const decimal = (integer: number, scale: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.boolean(), digits(integer), digits(scale))
    .map(([minus, whole, part]) => `${minus ? '-' : ''}${whole}.${part}`);
const text = (maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: 'grapheme', maxLength }).map((value) => quoted([...value].slice(0, maxLength).join('')));
const ascii = (maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: 'binary-ascii', maxLength }).map(quoted);
const western = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...'abc"\\\n\t \u0001äöüßé€ÿ'), { maxLength })
    .map((chars) => quoted(chars.join('')));
const bytes = (maxLength: number): fc.Arbitrary<string> => fc.uint8Array({ maxLength }).map(hex);
const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
const fraction = (fsp: number): fc.Arbitrary<string> =>
  fsp === 0
    ? fc.constant('')
    : fc.integer({ min: 0, max: 10 ** fsp - 1 }).map((value) => `.${pad(value, fsp)}`);
const date = fc.oneof(
  fc.constantFrom(
    '0000-00-00',
    '2024-00-10',
    '2024-02-29',
    '9999-12-31',
    '0001-01-01',
    '1969-12-31',
    '0069-05-05',
    '0070-05-05',
  ),
  fc
    .date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((value) => value.toISOString().slice(0, 10)),
);
const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => pad(part)).join(':'));
const datetime = (fsp: number): fc.Arbitrary<string> =>
  fc
    .tuple(date, clock, fraction(fsp))
    .map(([day, time, part]) => (day === '0000-00-00' ? `'${day} 00:00:00'` : `'${day} ${time}${part}'`));
const timestamp = (fsp: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constant("'0000-00-00 00:00:00'"),
    fc
      .tuple(
        fc.date({ min: new Date('1970-01-02'), max: new Date('2038-01-18'), noInvalidDate: true }),
        fraction(fsp),
      )
      .map(([value, part]) => `'${value.toISOString().slice(0, 19).replace('T', ' ')}${part}'`),
  );
const time = (fsp: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.boolean(), fc.integer({ min: 0, max: 837 }), clock, fraction(fsp))
    .map(([minus, hours, hms, part]) => `'${minus ? '-' : ''}${pad(hours)}${hms.slice(2)}${part}'`);
const json = fc.jsonValue({ maxDepth: 3 }).map((value) => quoted(JSON.stringify(value)));
const float = fc.oneof(
  fc.constantFrom('0', '-0.0', '1', '16777216', '1e-10', '3.4e38', '0.1'),
  fc.float({ noNaN: true, noDefaultInfinity: true }).map(String),
);
const double = fc.oneof(
  fc.constantFrom('0', '1e300', '0.1', '12345678.9'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
);
const point = fc
  .tuple(fc.integer({ min: -90, max: 90 }), fc.integer({ min: -90, max: 90 }))
  .map(([x, y]) => `POINT(${x}.5, ${y})`);

const column = (name: string, declaration: string, literal: fc.Arbitrary<string>): RandomColumn => ({
  name,
  declaration,
  literal,
});

/** Columns of every type that both servers have. */
export const COMMON_COLUMNS: readonly RandomColumn[] = [
  column('i1', 'tinyint', signed(8n)),
  column('u1', 'tinyint unsigned', unsigned(8n)),
  column('i2', 'smallint', signed(16n)),
  column('u2', 'smallint unsigned', unsigned(16n)),
  column('i3', 'mediumint', signed(24n)),
  column('u3', 'mediumint unsigned', unsigned(24n)),
  column('i4', 'int', signed(32n)),
  column('u4', 'int unsigned zerofill', unsigned(32n)),
  column('i8', 'bigint', signed(64n)),
  column('u8', 'bigint unsigned', unsigned(64n)),
  column('d1', 'decimal(12,2)', decimal(10, 2)),
  column('d2', 'decimal(65,30)', decimal(35, 30)),
  column(
    'd3',
    'decimal(5,5)',
    decimal(1, 5).map((value) => value.replace(/^(-?)\d+/, '$10')),
  ),
  column(
    'd4',
    'decimal(18,0)',
    decimal(18, 1).map((value) => value.split('.')[0] ?? '0'),
  ),
  column('f4', 'float', float),
  column('f8', 'double', double),
  column('b1', 'bit(1)', unsigned(1n)),
  column('b9', 'bit(9)', unsigned(9n)),
  column('b64', 'bit(64)', unsigned(64n)),
  column('y', 'year', fc.oneof(fc.constant('0'), fc.integer({ min: 1901, max: 2155 }).map(String))),
  column(
    'da',
    'date',
    date.map((value) => `'${value}'`),
  ),
  column(
    'dn',
    'date not null',
    date.map((value) => `'${value}'`),
  ),
  ...[0, 1, 3, 4, 6].map((fsp) => column(`dt${fsp}`, `datetime(${fsp})`, datetime(fsp))),
  ...[0, 1, 2, 3, 5, 6].map((fsp) => column(`ti${fsp}`, `time(${fsp})`, time(fsp))),
  ...[0, 2, 3, 6].map((fsp) => column(`ts${fsp}`, `timestamp(${fsp}) null`, timestamp(fsp))),
  column('tn', "timestamp(2) not null default '2020-01-01 00:00:00'", timestamp(2)),
  column('c1', 'char(20) charset utf8mb4', text(20)),
  column('c2', 'char(255) charset utf8mb4', text(40)),
  column('v1', 'varchar(60) charset utf8mb4', text(60)),
  column('v2', 'varchar(2000) charset utf8mb3', ascii(900)),
  column('v3', 'varchar(60) charset latin1', western(60)),
  column('v4', 'varchar(60) charset ascii', ascii(60)),
  column('v5', 'varchar(60) charset utf16', text(20)),
  column(
    'v6',
    'varchar(60) charset cp1251',
    fc.array(fc.constantFrom(...'жЯ"x'), { maxLength: 20 }).map((c) => quoted(c.join(''))),
  ),
  column(
    'v7',
    'varchar(60) charset gbk',
    fc.array(fc.constantFrom(...'中文"x'), { maxLength: 20 }).map((c) => quoted(c.join(''))),
  ),
  column('t1', 'tinytext', ascii(200)),
  column('t2', 'longtext charset utf8mb4', fc.oneof(text(50), ascii(6000))),
  column('bi', 'binary(7)', bytes(7)),
  column('vb', 'varbinary(300)', bytes(300)),
  column('bl', 'mediumblob', bytes(500)),
  column('e', "enum('new','it''s','ü,x','') charset latin1", fc.integer({ min: 0, max: 4 }).map(String)),
  column('s', "set('a','b\"c','ü','d','e','f','g','h','i') charset utf8mb4", unsigned(9n)),
  column('js', 'json', json),
  column('po', 'point', point),
  column(
    'ge',
    'geometry',
    point.map((value) => `ST_GeomFromText(CONCAT('LINESTRING(0 0,', ST_X(${value}), ' 1)'))`),
  ),
];

/** MariaDB's own types. */
export const MARIADB_COLUMNS: readonly RandomColumn[] = [
  column('uu', 'uuid', fc.uuid().map(quoted)),
  column(
    'i6',
    'inet6',
    fc.oneof(
      fc.ipV6().map(quoted),
      fc.ipV4().map((ip) => quoted(`::ffff:${ip}`)),
      fc.constant("'::'"),
    ),
  ),
  column('i4n', 'inet4', fc.ipV4().map(quoted)),
  column('vc', 'varchar(200) compressed charset utf8mb4', ascii(180)),
  column('bc', 'blob compressed', bytes(400)),
];

/** Three numbers as the text of a vector. */
const vector = fc
  .array(
    fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => (Math.abs(value) < 1e-30 ? 0 : value)),
    { minLength: 3, maxLength: 3 },
  )
  .map((values) => `'[${values.join(',')}]'`);

/** A type of MariaDB from 11.7 on. */
export const MARIADB_VECTOR: RandomColumn = column(
  've',
  'vector(3)',
  vector.map((text) => `VEC_FromText(${text})`),
);

/** MySQL's own types. */
export const MYSQL_COLUMNS: readonly RandomColumn[] = [
  column(
    've',
    'vector(3)',
    vector.map((text) => `STRING_TO_VECTOR(${text})`),
  ),
];

/** `count` rows of literals with a NULL now and then where the column takes it. */
export function randomRows(
  columns: readonly RandomColumn[],
  options: { count: number; seed: number },
): string[][] {
  const row = fc.tuple(
    ...columns.map((entry) =>
      entry.declaration.includes('not null')
        ? entry.literal
        : fc.option(entry.literal, { nil: 'NULL', freq: 8 }),
    ),
  );
  return fc.sample(row, { numRuns: options.count, seed: options.seed });
}
