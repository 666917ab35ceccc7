import { collationCharset } from './collation-charset.ts';
import { type DeclaredType, parseDataType } from './data-type.ts';
import type { DeclaredColumn } from './ddl-statement.ts';
import { parseDefaultValue } from './default-value.ts';
import type { TokenCursor } from './token-cursor.ts';

type Draft = { -readonly [Field in keyof DeclaredColumn]: DeclaredColumn[Field] };

/** Reads `type attributes…` behind a column's name, up to a comma, the closing parenthesis, FIRST or AFTER. */
export function parseColumn(name: string, cursor: TokenCursor): DeclaredColumn {
  const draft = startColumn(name, parseDataType(cursor));
  while (
    !cursor.isAtEnd &&
    !cursor.isSymbol(',') &&
    !cursor.isSymbol(')') &&
    !cursor.isWord('FIRST', 'AFTER')
  ) {
    if (!ATTRIBUTES.some((attribute) => attribute(cursor, draft)))
      cursor.refuse('an attribute of the column');
  }
  return draft.charset === 'binary' ? asBinary(draft) : draft;
}

function startColumn(name: string, type: DeclaredType): Draft {
  return {
    name,
    typeName: type.typeName,
    length: type.length,
    scale: type.scale,
    charset: type.charset,
    labels: type.labels,
    nullable: !type.isSerial,
    autoIncremented: type.isSerial,
    generated: false,
    visible: true,
    comment: null,
    defaultValue: null,
    key: type.isSerial ? 'unique' : null,
    versioned: false,
  };
}

const BINARY_TWINS: Readonly<Record<string, string>> = {
  CHAR: 'BINARY',
  CHARACTER: 'BINARY',
  VARCHAR: 'VARBINARY',
  'CHARACTER VARYING': 'VARBINARY',
  'CHAR VARYING': 'VARBINARY',
  TINYTEXT: 'TINYBLOB',
  TEXT: 'BLOB',
  MEDIUMTEXT: 'MEDIUMBLOB',
  LONGTEXT: 'LONGBLOB',
};

/** `CHARACTER SET binary` and `BYTE` turn a character type into its binary twin; ENUM and SET stay what they are. */
function asBinary(column: DeclaredColumn): DeclaredColumn {
  const twin = BINARY_TWINS[column.typeName];
  return twin === undefined ? column : { ...column, typeName: twin, charset: null };
}

/** Each reads one attribute and says whether it did. */
const ATTRIBUTES: readonly ((cursor: TokenCursor, draft: Draft) => boolean)[] = [
  nullability,
  defaults,
  keys,
  characters,
  generation,
  visibility,
  comment,
  constraint,
  versioning,
  storage,
];

function nullability(cursor: TokenCursor, draft: Draft): boolean {
  if (cursor.takePhrase('NOT NULL')) draft.nullable = false;
  else if (cursor.takeWord('NULL') !== null) draft.nullable = true;
  else return false;
  return true;
}

function defaults(cursor: TokenCursor, draft: Draft): boolean {
  if (cursor.takePhrase('SERIAL DEFAULT VALUE')) {
    draft.autoIncremented = true;
    draft.nullable = false;
    draft.key ??= 'unique';
  } else if (cursor.takeWord('DEFAULT') !== null) draft.defaultValue = parseDefaultValue(cursor);
  else if (cursor.takePhrase('ON UPDATE')) parseDefaultValue(cursor);
  else if (cursor.takeWord('AUTO_INCREMENT') !== null) {
    draft.autoIncremented = true;
    draft.nullable = false;
  } else return false;
  return true;
}

function keys(cursor: TokenCursor, draft: Draft): boolean {
  if (cursor.takePhrase('PRIMARY KEY') || cursor.takeWord('KEY') !== null) draft.key = 'primary';
  else if (cursor.takeWord('UNIQUE') !== null) {
    cursor.takeWord('KEY', 'INDEX');
    draft.key ??= 'unique';
  } else return false;
  return true;
}

function characters(cursor: TokenCursor, draft: Draft): boolean {
  if (cursor.takePhrase('CHARACTER SET') || cursor.takeWord('CHARSET') !== null) {
    draft.charset = charsetName(cursor);
  } else if (cursor.takeWord('COLLATE') !== null) {
    cursor.takeSymbol('=');
    const collation = charsetName(cursor);
    // A collation without a charset names its charset.
    if (draft.charset === undefined) draft.charset = collationCharset(collation);
  } else if (cursor.takeWord('ASCII') !== null) draft.charset = 'latin1';
  else if (cursor.takeWord('UNICODE') !== null) draft.charset = 'ucs2';
  else if (cursor.takeWord('BYTE') !== null) draft.charset = 'binary';
  else return cursor.takeWord('BINARY') !== null;
  return true;
}

function charsetName(cursor: TokenCursor): string {
  return (cursor.token.kind === 'text' ? cursor.string() : cursor.name()).toLowerCase();
}

function generation(cursor: TokenCursor, draft: Draft): boolean {
  cursor.takePhrase('GENERATED ALWAYS');
  if (cursor.takeWord('AS') === null) return false;
  draft.generated = true;
  if (cursor.takePhrase('ROW START') || cursor.takePhrase('ROW END')) {
    draft.nullable = false;
    return true;
  }
  cursor.skipGroup();
  cursor.takeWord('VIRTUAL', 'STORED', 'PERSISTENT');
  return true;
}

function visibility(cursor: TokenCursor, draft: Draft): boolean {
  const word = cursor.takeWord('VISIBLE', 'INVISIBLE');
  if (word === null) return false;
  draft.visible = word === 'VISIBLE';
  return true;
}

function comment(cursor: TokenCursor, draft: Draft): boolean {
  if (cursor.takeWord('COMMENT') === null) return false;
  draft.comment = cursor.rawString();
  return true;
}

function constraint(cursor: TokenCursor): boolean {
  if (cursor.takeWord('CONSTRAINT') !== null && !cursor.isWord('CHECK', 'REFERENCES')) cursor.name();
  if (cursor.takeWord('CHECK') !== null) {
    cursor.skipGroup();
    cursor.takeWord('NOT');
    cursor.takeWord('ENFORCED');
    return true;
  }
  if (cursor.takeWord('REFERENCES') === null) return false;
  cursor.tableName();
  if (cursor.isSymbol('(')) cursor.skipGroup();
  while (cursor.takeWord('MATCH') !== null) cursor.next();
  while (cursor.isPhrase('ON DELETE') || cursor.isPhrase('ON UPDATE')) {
    cursor.next();
    cursor.next();
    if (
      !cursor.takePhrase('SET NULL') &&
      !cursor.takePhrase('SET DEFAULT') &&
      !cursor.takePhrase('NO ACTION')
    ) {
      cursor.next();
    }
  }
  return true;
}

function versioning(cursor: TokenCursor, draft: Draft): boolean {
  if (cursor.takePhrase('WITHOUT SYSTEM VERSIONING')) return true;
  if (!cursor.takePhrase('WITH SYSTEM VERSIONING')) return false;
  draft.versioned = true;
  return true;
}

function storage(cursor: TokenCursor): boolean {
  if (cursor.takeWord('COLUMN_FORMAT', 'STORAGE', 'SRID') !== null) {
    cursor.next();
    return true;
  }
  if (cursor.takeWord('COMPRESSED') !== null) {
    if (cursor.takeSymbol('=')) cursor.next();
    return true;
  }
  const isOption = cursor.isWord('ENGINE_ATTRIBUTE', 'SECONDARY_ENGINE_ATTRIBUTE', 'REF_SYSTEM_ID');
  const isNamedOption = /^(?:word|name)$/.test(cursor.token.kind) && cursor.peek(1).text === '=';
  if (!isOption && !isNamedOption) return false;
  cursor.next();
  cursor.takeSymbol('=');
  cursor.next();
  return true;
}
