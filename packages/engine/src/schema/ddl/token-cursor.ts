import type { TableName } from './ddl-statement.ts';
import type { Token } from './tokens.ts';

/** Thrown where a statement is not what the grammar expects; the parser turns it into a refusal. */
export class SyntaxRefusal extends Error {}

/** Walks the tokens of one statement. Every `take…` moves on only when it finds what it asks for. */
export class TokenCursor {
  readonly sql: string;
  readonly #tokens: readonly Token[];
  readonly #database: string;
  #at = 0;

  constructor(sql: string, tokens: readonly Token[], database: string) {
    this.sql = sql;
    this.#tokens = tokens;
    this.#database = database;
  }

  get token(): Token {
    return this.peek(0);
  }

  /** Start of the next token, for {@link textSince}. */
  get place(): number {
    return this.token.start;
  }

  peek(ahead: number): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] as Token;
  }

  next(): Token {
    const token = this.token;
    if (token.kind !== 'end') this.#at += 1;
    return token;
  }

  /** The statement as written from `start` to the end of the newest token. */
  textSince(start: number): string {
    return this.sql.slice(start, this.#tokens[this.#at - 1]?.end ?? start);
  }

  /** A cursor at the same place, to look further without moving this one. */
  fork(): TokenCursor {
    const fork = new TokenCursor(this.sql, this.#tokens, this.#database);
    fork.#at = this.#at;
    return fork;
  }

  /** The statement as written from here to its last token, without a semicolon. */
  restOfStatement(): string {
    const last = this.#tokens.findLast(
      ({ kind, text }) => kind !== 'end' && !(kind === 'symbol' && text === ';'),
    );
    const text = this.sql.slice(this.place, last?.end ?? this.place);
    // The end of an executable comment is no token.
    const isOpen = text.lastIndexOf('/*!') > text.lastIndexOf('*/');
    return isOpen ? `${text} */` : text;
  }

  get isAtEnd(): boolean {
    return this.token.kind === 'end' || this.isSymbol(';');
  }

  isSymbol(symbol: string): boolean {
    return this.token.kind === 'symbol' && this.token.text === symbol;
  }

  isWord(...words: readonly string[]): boolean {
    return this.token.kind === 'word' && words.includes(this.token.upper);
  }

  /** The words of `phrase` follow, in this order. */
  isPhrase(phrase: string): boolean {
    return phrase
      .split(' ')
      .every((word, index) => this.peek(index).kind === 'word' && this.peek(index).upper === word);
  }

  takeSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.#at += 1;
    return true;
  }

  /** One of the words, or null. */
  takeWord(...words: readonly string[]): string | null {
    return this.isWord(...words) ? this.next().upper : null;
  }

  takePhrase(phrase: string): boolean {
    if (!this.isPhrase(phrase)) return false;
    this.#at += phrase.split(' ').length;
    return true;
  }

  expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) this.refuse(`“${symbol}”`);
  }

  expectWord(...words: readonly string[]): string {
    return this.takeWord(...words) ?? this.refuse(words.join(' or '));
  }

  /** A name, bare or quoted. */
  name(): string {
    const { kind } = this.token;
    if (kind !== 'word' && kind !== 'name') this.refuse('a name');
    return this.next().text;
  }

  /** `table` or `database.table`; a leading `.` or spaces around the dot are as good. */
  tableName(): TableName {
    this.takeSymbol('.');
    const first = this.name();
    if (!this.takeSymbol('.')) return { database: this.#database, table: first };
    return { database: first, table: this.name() };
  }

  /** A string literal. */
  string(): string {
    if (this.token.kind !== 'text') this.refuse('a string');
    return this.next().text;
  }

  /** A string literal as written, without its quotes. */
  rawString(): string {
    const start = this.place;
    this.string();
    return this.textSince(start).slice(1, -1);
  }

  integer(): number {
    if (this.token.kind !== 'number') this.refuse('a number');
    return Number(this.next().text);
  }

  /** Passes a parenthesised group, whatever is in it. */
  skipGroup(): void {
    this.expectSymbol('(');
    for (let depth = 1; depth > 0; ) {
      const { kind, text } = this.next();
      if (kind === 'end') this.refuse('“)”');
      if (kind === 'symbol' && text === '(') depth += 1;
      if (kind === 'symbol' && text === ')') depth -= 1;
    }
  }

  /** Passes everything up to a comma or closing parenthesis of this level, or the end. */
  skipClause(): void {
    while (!this.isAtEnd && !this.isSymbol(',') && !this.isSymbol(')')) this.skipOne();
  }

  /** Passes one token, or one parenthesised group. */
  skipOne(): void {
    if (this.isSymbol('(')) this.skipGroup();
    else this.next();
  }

  /** What is between parentheses, separated by commas. */
  list<T>(item: () => T): T[] {
    this.expectSymbol('(');
    const items = [item()];
    while (this.takeSymbol(',')) items.push(item());
    this.expectSymbol(')');
    return items;
  }

  refuse(expected: string): never {
    const { kind, text } = this.token;
    throw new SyntaxRefusal(`Expected ${expected}, found ${kind === 'end' ? 'the end' : `“${text}”`}.`);
  }
}
