import type { ServerFlavor } from '@sealane/binlog/session/server-info';

/** `word`: keyword or bare name. `name`: quoted name. `text`: string literal. */
export type TokenKind = 'word' | 'name' | 'text' | 'number' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** Names and strings without quotes and escapes; everything else as written. */
  readonly text: string;
  /** `text` of a word in capitals, else ''. */
  readonly upper: string;
  /** Place in the statement. */
  readonly start: number;
  readonly end: number;
}

export interface LexicalRules {
  flavor: ServerFlavor;
  /** sql_mode ANSI_QUOTES: double quotes are around names, not strings. */
  ansiQuotes: boolean;
  /** sql_mode NO_BACKSLASH_ESCAPES. */
  noBackslashEscapes: boolean;
}

const SPACE = /\s+/y;
const LINE_COMMENT = /(?:--(?=[\s\p{Cc}]|$)|#)[^\n]*/uy;
const BLOCK_COMMENT = /\/\*(?![!]|M!)[\s\S]*?(?:\*\/|$)/y;
const EXECUTABLE = /\/\*(M?)!(\d{5,6})?/y;
const WORD = /[\p{L}\p{N}_$\u0080-\uffff]+/uy;
const NUMBER = /(?:0x[0-9a-fA-F]+|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)(?![\p{L}_$])/uy;
const QUOTED = {
  '`': /`(?:[^`]|``)*`/y,
  '"': /"(?:[^"\\]|""|\\[\s\S])*"/y,
  "'": /'(?:[^'\\]|''|\\[\s\S])*'/y,
};
const QUOTED_PLAIN = { '"': /"(?:[^"]|"")*"/y, "'": /'(?:[^']|'')*'/y };
/** Versions that MariaDB leaves to MySQL: comments of 50700 up to 99999. */
const MYSQL_ONLY = { from: 50700, to: 99999 };
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  b: '\b',
  Z: '\x1a',
};

/** Thrown for text that is no SQL; the parser turns it into a refusal. */
export class LexicalError extends Error {}

/**
 * Splits a statement into tokens. Comments go, except executable ones (`/*!`, MariaDB's `/*M!`), whose content counts as on the
 * server that wrote the binlog.
 */
export function tokenize(sql: string, rules: LexicalRules): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let openComments = 0;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(sql);
    return found === null ? null : found[0];
  };
  while (at < sql.length) {
    const noise = match(SPACE) ?? match(LINE_COMMENT) ?? match(BLOCK_COMMENT);
    if (noise !== null) {
      at += noise.length;
      continue;
    }
    if (openComments > 0 && sql.startsWith('*/', at)) {
      openComments -= 1;
      at += 2;
      continue;
    }
    const opened = match(EXECUTABLE);
    if (opened !== null) {
      if (isExecuted(opened, rules.flavor)) {
        openComments += 1;
        at += opened.length;
      } else {
        at = endOfComment(sql, at);
      }
      continue;
    }
    const token = readToken(sql, at, rules);
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: 'end', text: '', upper: '', start: sql.length, end: sql.length });
  return tokens;
}

function endOfComment(sql: string, at: number): number {
  const end = sql.indexOf('*/', at);
  return end === -1 ? sql.length : end + 2;
}

/** The statement ran on the server, so a version it asks for was there: only the other server's comments are skipped. */
function isExecuted(opened: string, flavor: ServerFlavor): boolean {
  const isMariadbOnly = opened.startsWith('/*M');
  if (flavor === 'mysql') return !isMariadbOnly && !(Number(/\d+/.exec(opened)?.[0] ?? 0) >= 100000);
  const version = Number(/\d+/.exec(opened)?.[0] ?? 0);
  return isMariadbOnly || version < MYSQL_ONLY.from || version > MYSQL_ONLY.to;
}

function readToken(sql: string, at: number, rules: LexicalRules): Token {
  const first = sql[at] ?? '';
  if (first === '`' || first === '"' || first === "'") return readQuoted(sql, at, { quote: first, rules });
  const number = matchAt(NUMBER, sql, at);
  if (number !== null) return { kind: 'number', text: number, upper: '', start: at, end: at + number.length };
  const word = matchAt(WORD, sql, at);
  if (word !== null) {
    return { kind: 'word', text: word, upper: word.toUpperCase(), start: at, end: at + word.length };
  }
  return { kind: 'symbol', text: first, upper: '', start: at, end: at + 1 };
}

function readQuoted(
  sql: string,
  at: number,
  { quote, rules }: { quote: '`' | '"' | "'"; rules: LexicalRules },
): Token {
  const plain = rules.noBackslashEscapes && quote !== '`';
  const isName = quote === '`' || (quote === '"' && rules.ansiQuotes);
  const pattern = quote !== '`' && (plain || isName) ? QUOTED_PLAIN[quote] : QUOTED[quote];
  const raw = matchAt(pattern, sql, at);
  if (raw === null) throw new LexicalError(`A ${quote} at character ${at + 1} is not closed.`);
  const inner = raw.slice(1, -1).replaceAll(quote + quote, quote);
  const text = isName || plain ? inner : unescaped(inner);
  return { kind: isName ? 'name' : 'text', text, upper: '', start: at, end: at + raw.length };
}

/** `\%` and `\_` keep their backslash, as on the servers. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\([\s\S])/g, (whole, char: string) =>
    char === '%' || char === '_' ? whole : (ESCAPES[char] ?? char),
  );
}

function matchAt(pattern: RegExp, sql: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0] ?? null;
}
