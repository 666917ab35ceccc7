import { parseColumn } from './column.ts';
import { parseElement } from './create-table.ts';
import type {
  AlterStep,
  ColumnPlace,
  DdlStatement,
  DeclaredColumn,
  DeclaredKey,
  TableName,
  TableOptions,
} from './ddl-statement.ts';
import { parseDefaultValue } from './default-value.ts';
import { parseKey } from './keys.ts';
import { charsetValue, parseTableOption } from './table-options.ts';
import type { TokenCursor } from './token-cursor.ts';

const NOTHING: readonly AlterStep[] = [{ step: 'nothing' }];

/** Reads what follows ALTER … TABLE. `onName` is told the table as soon as it is known. */
export function parseAlterTable(cursor: TokenCursor, onName: (name: TableName) => void): DdlStatement {
  cursor.takePhrase('IF EXISTS');
  const name = cursor.tableName();
  onName(name);
  skipWait(cursor);
  const steps: AlterStep[] = [];
  while (!cursor.isAtEnd) {
    if (cursor.takeSymbol(',')) continue;
    steps.push(...parseSteps(cursor));
  }
  return { kind: 'alter-table', name, steps };
}

/** MariaDB's `WAIT n` and `NOWAIT` behind a table's name. */
export function skipWait(cursor: TokenCursor): void {
  if (cursor.takeWord('NOWAIT') !== null) return;
  if (cursor.isWord('WAIT') && cursor.peek(1).kind === 'number') {
    cursor.next();
    cursor.next();
  }
}

function parseSteps(cursor: TokenCursor): readonly AlterStep[] {
  if (cursor.takeWord('ADD') !== null) return parseAdd(cursor);
  if (cursor.takeWord('DROP') !== null) return [parseDrop(cursor)];
  if (cursor.takeWord('MODIFY') !== null) return [parseModify(cursor)];
  if (cursor.takeWord('CHANGE') !== null) return [parseChange(cursor)];
  if (cursor.takeWord('ALTER') !== null) return [parseAlterPart(cursor)];
  if (cursor.takeWord('RENAME') !== null) return [parseRename(cursor)];
  if (cursor.takeWord('CONVERT') !== null) return [parseConvert(cursor)];
  return parseTableWide(cursor);
}

function parseAdd(cursor: TokenCursor): readonly AlterStep[] {
  if (cursor.isWord('PARTITION')) return skipRest(cursor);
  if (cursor.takePhrase('SYSTEM VERSIONING')) return [{ step: 'versioning', on: true }];
  const isColumn = cursor.takeWord('COLUMN') !== null;
  const parsed = isColumn ? undefined : parseKey(cursor);
  if (parsed !== undefined) {
    return parsed.key === null ? NOTHING : [{ step: 'add-key', key: parsed.key, guarded: parsed.guarded }];
  }
  const guarded = cursor.takePhrase('IF NOT EXISTS');
  if (cursor.isSymbol('(')) return parseAddList(cursor, guarded);
  const column = parseColumn(cursor.name(), cursor);
  return [{ step: 'add', column, place: parsePlace(cursor), guarded }];
}

function parseAddList(cursor: TokenCursor, guarded: boolean): readonly AlterStep[] {
  const columns: DeclaredColumn[] = [];
  const keys: DeclaredKey[] = [];
  cursor.list(() => parseElement(cursor, { columns, keys }));
  return [
    ...columns.map((column): AlterStep => ({ step: 'add', column, place: null, guarded })),
    ...keys.map((key): AlterStep => ({ step: 'add-key', key, guarded: false })),
  ];
}

function parsePlace(cursor: TokenCursor): ColumnPlace {
  if (cursor.takeWord('FIRST') !== null) return 'first';
  return cursor.takeWord('AFTER') === null ? null : { after: cursor.name() };
}

function parseDrop(cursor: TokenCursor): AlterStep {
  if (cursor.isWord('PARTITION')) return skipRest(cursor)[0] as AlterStep;
  if (cursor.takePhrase('SYSTEM VERSIONING')) return { step: 'versioning', on: false };
  if (cursor.takePhrase('PRIMARY KEY')) return { step: 'drop-key', name: null };
  if (
    cursor.takePhrase('FOREIGN KEY') ||
    cursor.takePhrase('PERIOD FOR') ||
    cursor.takeWord('CHECK') !== null
  ) {
    cursor.takePhrase('IF EXISTS');
    cursor.name();
    return { step: 'nothing' };
  }
  if (cursor.takeWord('INDEX', 'KEY', 'CONSTRAINT') !== null) {
    cursor.takePhrase('IF EXISTS');
    const name = cursor.name();
    return { step: 'drop-key', name: name.toUpperCase() === 'PRIMARY' ? null : name };
  }
  cursor.takeWord('COLUMN');
  const guarded = cursor.takePhrase('IF EXISTS');
  const name = cursor.name();
  cursor.takeWord('RESTRICT', 'CASCADE');
  return { step: 'drop', name, guarded };
}

function parseModify(cursor: TokenCursor): AlterStep {
  cursor.takeWord('COLUMN');
  const guarded = cursor.takePhrase('IF EXISTS');
  const name = cursor.name();
  const column = parseColumn(name, cursor);
  return { step: 'change', name, column, place: parsePlace(cursor), guarded };
}

function parseChange(cursor: TokenCursor): AlterStep {
  cursor.takeWord('COLUMN');
  const guarded = cursor.takePhrase('IF EXISTS');
  const name = cursor.name();
  const column = parseColumn(cursor.name(), cursor);
  return { step: 'change', name, column, place: parsePlace(cursor), guarded };
}

/** `ALTER [COLUMN] c SET …`, and the forms that concern indexes and checks. */
function parseAlterPart(cursor: TokenCursor): AlterStep {
  if (cursor.isWord('INDEX', 'KEY', 'CHECK', 'CONSTRAINT')) {
    cursor.skipClause();
    return { step: 'nothing' };
  }
  cursor.takeWord('COLUMN');
  const guarded = cursor.takePhrase('IF EXISTS');
  const name = cursor.name();
  if (cursor.takePhrase('DROP DEFAULT')) return { step: 'default', name, value: null, guarded };
  cursor.expectWord('SET');
  if (cursor.takeWord('DEFAULT') !== null) {
    return { step: 'default', name, value: parseDefaultValue(cursor), guarded };
  }
  return {
    step: 'visibility',
    name,
    visible: cursor.expectWord('VISIBLE', 'INVISIBLE') === 'VISIBLE',
    guarded,
  };
}

function parseRename(cursor: TokenCursor): AlterStep {
  if (cursor.takeWord('COLUMN') !== null) {
    const guarded = cursor.takePhrase('IF EXISTS');
    const from = cursor.name();
    cursor.expectWord('TO');
    return { step: 'rename-column', from, to: cursor.name(), guarded };
  }
  if (cursor.isWord('INDEX', 'KEY')) {
    cursor.next();
    cursor.takePhrase('IF EXISTS');
    const from = cursor.name();
    cursor.expectWord('TO');
    return { step: 'rename-key', from, to: cursor.name() };
  }
  if (cursor.takeWord('TO', 'AS') === null) cursor.takeSymbol('=');
  return { step: 'rename-table', to: cursor.tableName() };
}

/** `CONVERT TO CHARACTER SET`; MariaDB's `CONVERT … PARTITION` leaves the columns alone. */
function parseConvert(cursor: TokenCursor): AlterStep {
  if (cursor.isWord('PARTITION', 'TABLE')) return skipRest(cursor)[0] as AlterStep;
  cursor.expectWord('TO');
  if (!cursor.takePhrase('CHARACTER SET')) cursor.expectWord('CHARSET');
  const charset = charsetValue(cursor);
  if (cursor.takeWord('COLLATE') !== null) {
    cursor.takeSymbol('=');
    cursor.next();
  }
  return { step: 'convert', charset };
}

const PARTITION_VERBS =
  /^(?:REORGANIZE|TRUNCATE|COALESCE|EXCHANGE|ANALYZE|CHECK|OPTIMIZE|REBUILD|REPAIR|DISCARD|IMPORT)$/;
const SWITCHES = [
  'FORCE',
  'ENABLE KEYS',
  'DISABLE KEYS',
  'DISCARD TABLESPACE',
  'IMPORT TABLESPACE',
  'SECONDARY_LOAD',
  'SECONDARY_UNLOAD',
] as const;

/** Options, locks, partitions: what concerns the table as a whole. */
function parseTableWide(cursor: TokenCursor): readonly AlterStep[] {
  if (cursor.isWord('PARTITION') || cursor.isPhrase('REMOVE PARTITIONING')) return skipRest(cursor);
  if (PARTITION_VERBS.test(cursor.token.upper) && cursor.peek(1).upper === 'PARTITION')
    return skipRest(cursor);
  if (SWITCHES.some((words) => cursor.takePhrase(words))) return NOTHING;
  if (cursor.takeWord('ALGORITHM', 'LOCK') !== null) {
    cursor.takeSymbol('=');
    cursor.next();
    return NOTHING;
  }
  if (cursor.takePhrase('ORDER BY')) return skipOrder(cursor);
  const options: TableOptions = {};
  if (!parseTableOption(cursor, options)) cursor.refuse('a change of the table');
  return [{ step: 'options', options }];
}

/** The columns of ORDER BY are separated by commas, as the changes are. */
function skipOrder(cursor: TokenCursor): readonly AlterStep[] {
  for (;;) {
    cursor.name();
    cursor.takeWord('ASC', 'DESC');
    const behind = cursor.peek(2);
    const isColumn =
      behind.kind === 'end' || behind.text === ',' || behind.upper === 'ASC' || behind.upper === 'DESC';
    if (!cursor.isSymbol(',') || !isColumn) return NOTHING;
    cursor.next();
  }
}

/** Partition clauses change no column, and nothing follows them. */
function skipRest(cursor: TokenCursor): readonly AlterStep[] {
  while (!cursor.isAtEnd) cursor.skipOne();
  return NOTHING;
}
