import { collationCharset } from './collation-charset.ts';
import type { CharsetOption, TableOptions } from './ddl-statement.ts';
import type { TokenCursor } from './token-cursor.ts';

/** Options that may stand without `=`. */
const OPTIONS: ReadonlySet<string> = new Set(
  (
    'ENGINE TYPE AUTO_INCREMENT AVG_ROW_LENGTH CHECKSUM TABLE_CHECKSUM PAGE_CHECKSUM COMPRESSION CONNECTION DELAY_KEY_WRITE ' +
    'ENCRYPTION ENCRYPTED ENCRYPTION_KEY_ID ENGINE_ATTRIBUTE SECONDARY_ENGINE_ATTRIBUTE SECONDARY_ENGINE IETF_QUOTES ' +
    'INSERT_METHOD KEY_BLOCK_SIZE MAX_ROWS MIN_ROWS PACK_KEYS PAGE_COMPRESSED PAGE_COMPRESSION_LEVEL PASSWORD ROW_FORMAT ' +
    'SEQUENCE STATS_AUTO_RECALC STATS_PERSISTENT STATS_SAMPLE_PAGES TABLESPACE STORAGE TRANSACTIONAL UNION AUTOEXTEND_SIZE ' +
    'DATA INDEX START'
  ).split(' '),
);

/** Reads `[DEFAULT] CHARACTER SET x`, `COLLATE y`; undefined where neither stands here. */
export function parseCharset(cursor: TokenCursor): CharsetOption | undefined {
  const isDefaulted = cursor.isWord('DEFAULT');
  const offset = isDefaulted ? 1 : 0;
  const { upper } = cursor.peek(offset);
  const isSet = upper === 'CHARSET' || (upper === 'CHARACTER' && cursor.peek(offset + 1).upper === 'SET');
  if (!isSet && upper !== 'COLLATE') return undefined;
  if (isDefaulted) cursor.next();
  if (cursor.takeWord('CHARACTER') !== null) cursor.next();
  else cursor.next();
  return isSet ? charsetValue(cursor) : collationValue(cursor);
}

/** The charset behind CHARACTER SET, and a collation behind that. */
export function charsetValue(cursor: TokenCursor): CharsetOption {
  cursor.takeSymbol('=');
  const name = parseWord(cursor);
  return name === 'default' ? 'default' : { charset: name };
}

function collationValue(cursor: TokenCursor): CharsetOption | undefined {
  cursor.takeSymbol('=');
  const charset = collationCharset(parseWord(cursor));
  return charset === undefined ? 'default' : { charset };
}

function parseWord(cursor: TokenCursor): string {
  return (cursor.token.kind === 'text' ? cursor.string() : cursor.name()).toLowerCase();
}

/**
 * Reads one option of a table into `options`; false where none stands here. A collation after a charset changes nothing, for
 * it is one of that charset.
 */
export function parseTableOption(
  cursor: TokenCursor,
  options: { -readonly [Name in keyof TableOptions]: TableOptions[Name] },
): boolean {
  const isCollation =
    cursor.isWord('COLLATE') || (cursor.isWord('DEFAULT') && cursor.peek(1).upper === 'COLLATE');
  const charset = parseCharset(cursor);
  if (charset !== undefined) {
    if (!isCollation || (options.charset === undefined && charset !== 'default')) options.charset = charset;
    return true;
  }
  if (cursor.takeWord('COMMENT') !== null) {
    cursor.takeSymbol('=');
    options.comment = cursor.rawString();
    return true;
  }
  if (cursor.takePhrase('WITHOUT VALIDATION') || cursor.takePhrase('WITH VALIDATION')) return true;
  if (cursor.takePhrase('START TRANSACTION')) return true;
  return parseOtherOption(cursor);
}

function parseOtherOption(cursor: TokenCursor): boolean {
  const { kind, upper } = cursor.token;
  const isAssigned =
    (kind === 'word' || kind === 'name') && cursor.peek(1).text === '=' && cursor.peek(1).kind === 'symbol';
  if (!isAssigned && !OPTIONS.has(upper)) return false;
  cursor.next();
  cursor.takeWord('DIRECTORY');
  cursor.takeSymbol('=');
  cursor.takeSymbol('-');
  cursor.skipOne();
  return true;
}
