import { scimError } from '../message/error.ts';
import { quotedPiece } from '../text/quoted-piece.ts';

/** A piece of a filter with its place in the text, counted from zero. */
export interface Token {
  readonly kind: 'word' | 'string' | '(' | ')' | '[' | ']' | 'end';
  /** The piece as it is written; for a string with its quotes. */
  readonly text: string;
  readonly at: number;
}

const space = /[ \t\r\n]+/y;
const word = /[^\s()[\]"]+/y;
const quoted = /"(?:[^"\\]|\\.)*"/sy;

/**
 * Cuts a filter into pieces, one at a time, so that a hostile text costs no more than what was read of it.
 */
export class Lexer {
  readonly #text: string;
  #at = 0;
  #next: Token;

  constructor(text: string) {
    this.#text = text;
    this.#next = this.#read();
  }

  /** The next piece, which stays. */
  peek(): Token {
    return this.#next;
  }

  /** The next piece, which is consumed. */
  take(): Token {
    const token = this.#next;
    if (token.kind !== 'end') this.#next = this.#read();
    return token;
  }

  #read(): Token {
    this.#match(space);
    const at = this.#at;
    const first = this.#text[at];
    if (first === undefined) return { kind: 'end', text: '', at };
    if (first === '(' || first === ')' || first === '[' || first === ']') {
      this.#at += 1;
      return { kind: first, text: first, at };
    }
    if (first === '"') return { kind: 'string', text: this.#match(quoted) ?? this.#unclosed(), at };
    return { kind: 'word', text: this.#match(word) ?? this.#unclosed(), at };
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #unclosed(): never {
    throw filterFault('a text that is closed with a double quote', {
      kind: 'string',
      text: this.#text.slice(this.#at),
      at: this.#at,
    });
  }
}

/** Builds the error for a filter that goes wrong at a piece: what is there, where, and what would be right. */
export function filterFault(expected: string, token: Token) {
  const found =
    token.kind === 'end'
      ? 'the filter ends'
      : `there is ${quotedPiece(token.text)} at position ${token.at + 1}`;
  return scimError(
    'invalidFilter',
    `The filter needs ${expected}, but ${found}. Write it like userName eq "ada@example.com" (RFC 7644 §3.4.2.2).`,
  );
}
