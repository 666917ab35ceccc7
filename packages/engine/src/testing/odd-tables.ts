import type { ServerFlavor } from '@sealane/binlog/session/server-info';
import type { MariadbOptions, MariadbRelease } from '@sealane/stack/stack-options';

/** A table with something out of the ordinary, and its rows. */
export interface OddTable {
  readonly title: string;
  /** Stands at the end of the table's name. */
  readonly name?: string;
  /** A session variable with its value while the table is made. */
  readonly variable?: string;
  /** What stands behind the name in CREATE TABLE. */
  readonly body: string;
  /** What stands behind the name in INSERT INTO. */
  readonly insert: readonly string[];
  /** Of the records, in their order. */
  readonly columns: readonly string[];
  /** Of the records' keys; absent: `id`. */
  readonly key?: readonly string[];
  /** SQL that gives a column as records show it, where that is not its text. */
  readonly shown?: Readonly<Record<string, string>>;
  /** A release whose DELETE leaves columns of it out of the binlog. */
  readonly notOn?: MariadbRelease;
}

const labels = (prefix: string, count: number): string =>
  Array.from({ length: count }, (_, i) => `'${prefix}${i + 1}'`).join(',');
const members = (count: number): string => labels('m', count).replaceAll("'", '');
const days = (column: string): string => `DATEDIFF(${column}, '1970-01-01')`;

const MARIADB_TABLES: readonly OddTable[] = [
  {
    title: 'addresses and UUIDs',
    body: '(id INT PRIMARY KEY, four INET4, six INET6, u UUID)',
    insert: [
      "VALUES (1, '0.0.0.0', '::', '00000000-0000-0000-0000-000000000000')",
      "VALUES (2, '255.255.255.255', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'ffffffff-ffff-ffff-ffff-ffffffffffff')",
      "VALUES (3, '10.1.2.3', '::ffff:10.1.2.3', '123e4567-e89b-12d3-a456-426655440000')",
      "VALUES (4, '127.0.0.1', '2001:db8:0:0:1:0:0:1', '01890a5d-ac96-774b-bcce-b302099a8057')",
      "VALUES (5, '1.0.0.0', '::1.2.3.4', '123e4567-e89b-42d3-7456-426655440000')",
      'VALUES (6, NULL, NULL, NULL)',
    ],
    columns: ['id', 'four', 'six', 'u'],
  },
  {
    title: 'addresses and UUIDs as keys',
    body: '(four INET4, six INET6, u UUID, PRIMARY KEY (six, u, four))',
    insert: ["VALUES ('10.0.0.1', '2001:db8::', '123e4567-e89b-12d3-a456-426655440000')"],
    columns: ['four', 'six', 'u'],
    key: ['six', 'u', 'four'],
  },
  {
    title: 'a period of application time',
    body: '(id INT PRIMARY KEY, s DATE, e DATE, PERIOD FOR valid (s, e))',
    insert: ["VALUES (1, '2024-01-01', '2024-06-01')"],
    columns: ['id', 's', 'e'],
    shown: { s: days('s'), e: days('e') },
  },
  {
    title: 'unique keys too long for an index, of which the server keeps hashes',
    body: '(id INT PRIMARY KEY, a TEXT UNIQUE, b INT, c VARCHAR(2000) UNIQUE, d VARCHAR(9) UNIQUE, e BLOB, UNIQUE (b, e))',
    insert: ["VALUES (1, 'one', 1, 'c', 'd', NULL)", 'VALUES (2, NULL, 2, NULL, NULL, NULL)'],
    columns: ['id', 'a', 'b', 'c', 'd', 'e'],
  },
  {
    title: 'a hash and no other key',
    body: '(a TEXT NOT NULL, b INT, UNIQUE (a))',
    insert: ["VALUES ('one', 1)"],
    columns: ['a', 'b'],
    key: ['a'],
  },
  {
    title: 'system versioning',
    body: '(id INT PRIMARY KEY, v INT, w INT WITHOUT SYSTEM VERSIONING) WITH SYSTEM VERSIONING',
    insert: ['VALUES (1, 1, 1)', 'VALUES (2, NULL, 2)'],
    columns: ['id', 'v', 'w'],
  },
  {
    title: 'system versioning of a column',
    body: '(id INT PRIMARY KEY, v INT WITH SYSTEM VERSIONING)',
    insert: ['VALUES (1, 1)'],
    columns: ['id', 'v'],
  },
  {
    title: 'system versioning, partitions and hashes without a primary key',
    body: '(a TEXT, v INT NOT NULL, UNIQUE (a), UNIQUE (v)) WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME (PARTITION p0 HISTORY, PARTITION p1 CURRENT)',
    insert: ["VALUES ('x', 1)"],
    columns: ['a', 'v'],
    key: ['v'],
  },
];

const MYSQL_TABLES: readonly OddTable[] = [
  {
    title: 'a generated invisible primary key',
    variable: 'sql_generate_invisible_primary_key = ON',
    body: '(a INT, b VARCHAR(9))',
    insert: ["VALUES (1, 'x')", "VALUES (1, 'x')"],
    columns: ['my_row_id', 'a', 'b'],
    key: ['my_row_id'],
  },
  {
    title: 'indexes over expressions, for which the server keeps columns',
    body: '(id INT PRIMARY KEY, a INT, j JSON, z INT, INDEX f ((a + 1)), UNIQUE INDEX u ((a * 2)), INDEX mv ((CAST(j->"$.n" AS UNSIGNED ARRAY))), INDEX mixed (a, (ABS(z)) DESC))',
    insert: ['VALUES (1, 5, \'{"n": [1, 2]}\', 7)', 'VALUES (2, 6, NULL, 8)'],
    columns: ['id', 'a', 'j', 'z'],
    shown: { j: "REPLACE(j, ' ', '')" },
  },
  {
    title: 'a unique index over an expression and no other key',
    body: '(a INT NOT NULL, b INT, UNIQUE INDEX u ((a * 2)))',
    insert: ['VALUES (1, 5)'],
    columns: ['a', 'b'],
    key: [],
  },
];

const BOTH: readonly OddTable[] = [
  {
    title: 'a SET of 64',
    body: `(id INT PRIMARY KEY, s SET(${labels('m', 64)}))`,
    insert: [
      `VALUES (1, '${members(64)}')`,
      "VALUES (2, '')",
      "VALUES (3, 'm64')",
      "VALUES (4, 'm1,m32,m33,m53,m54,m63,m64')",
      'VALUES (5, 9007199254740993)',
      'VALUES (6, NULL)',
    ],
    columns: ['id', 's'],
  },
  {
    title: 'a SET of 63, of 40 and of 24',
    body: `(id INT PRIMARY KEY, s SET(${labels('m', 63)}), t SET(${labels('m', 40)}), u SET(${labels('m', 24)}))`,
    insert: ["VALUES (1, 'm63', 'm40', 'm24')", `VALUES (2, '${members(63)}', 'm33', 'm17')`],
    columns: ['id', 's', 't', 'u'],
  },
  {
    title: 'an ENUM of 300 and of 255',
    body: `(id INT PRIMARY KEY, e ENUM(${labels('e', 300)}), f ENUM(${labels('f', 255)}))`,
    insert: ["VALUES (1, 'e1', 'f1'), (2, 'e256', 'f255'), (3, 'e300', NULL), (4, 'e255', 'f128')"],
    columns: ['id', 'e', 'f'],
  },
  {
    title: 'expressions as defaults',
    body: "(id INT PRIMARY KEY, a VARCHAR(40) DEFAULT (CONCAT('x', 'y,)')), n INT NOT NULL DEFAULT (1 + 2), t TEXT DEFAULT ('long'), z INT)",
    insert: ['(id, z) VALUES (1, 1)', "VALUES (2, 'b', 5, 'c', 2)"],
    columns: ['id', 'a', 'n', 't', 'z'],
  },
  {
    title: 'invisible columns',
    body: "(hidden INT DEFAULT 3 INVISIBLE, id INT PRIMARY KEY, e ENUM('x', 'y') DEFAULT 'y' INVISIBLE, s CHAR(3) CHARACTER SET latin2 DEFAULT 'ő' INVISIBLE, w INT)",
    insert: ['VALUES (1, 2)', "(id, hidden, e, s, w) VALUES (2, 4, 'x', 'ł', 5)"],
    columns: ['hidden', 'id', 'e', 's', 'w'],
  },
  {
    title: 'partitions',
    body: '(id INT, day DATE NOT NULL, v VARCHAR(9), PRIMARY KEY (id, day)) PARTITION BY RANGE (YEAR(day)) SUBPARTITION BY HASH (id) SUBPARTITIONS 2 (PARTITION old VALUES LESS THAN (2020), PARTITION rest VALUES LESS THAN MAXVALUE)',
    insert: ["VALUES (1, '2019-01-01', 'a')", "VALUES (2, '2024-01-01', 'b')"],
    columns: ['id', 'day', 'v'],
    key: ['id', 'day'],
    shown: { day: days('day') },
  },
  {
    title: 'names that need quotes',
    name: ' `we.ir$d` ünï"\'%_(x)',
    body: "(`i``d.` INT PRIMARY KEY, `select $ü \"q\"` VARCHAR(9), `a,b` ENUM('x''y', 'z'))",
    insert: ["VALUES (1, 'a', 'x''y')"],
    columns: ['i`d.', 'select $ü "q"', 'a,b'],
    key: ['i`d.'],
  },
  {
    title: 'generated columns between others',
    body: "(id INT PRIMARY KEY, v INT GENERATED ALWAYS AS (a * 2) VIRTUAL, a INT, s VARCHAR(20) GENERATED ALWAYS AS (CONCAT('s', a)) STORED, z INT)",
    insert: ['(id, a, z) VALUES (1, 5, 9)'],
    columns: ['id', 'v', 'a', 's', 'z'],
    notOn: '11.8',
  },
];

/** The odd tables of a server. */
export function oddTables(flavor: ServerFlavor, { release }: MariadbOptions): readonly OddTable[] {
  const tables = [...(flavor === 'mariadb' ? MARIADB_TABLES : MYSQL_TABLES), ...BOTH];
  return tables.filter(({ notOn }) => notOn === undefined || notOn !== release);
}
