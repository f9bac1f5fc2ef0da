import type { Steps } from '../steps.ts';

/** Where a JSON text goes wrong, counted from zero, and how. */
export interface JsonFault {
  readonly at: number;
  readonly problem: string;
}

/** Characters that are looked at in one step, and up to the end of a text or number: a millisecond. */
const SCANNED_AT_ONCE = 16_384;

/**
 * Finds the first place where a text is not the JSON that `parseJson` takes. It is asked only after native parsing or a
 * cheap check has failed, so it may be slow; the depth of the text has been bounded before.
 */
export function* findJsonFault(json: string): Steps<JsonFault> {
  try {
    yield* new Scanner(json).whole();
  } catch (error) {
    if (error instanceof Stop) return error.fault;
    throw error;
  }
  return { at: json.length, problem: 'a value is not allowed' };
}

class Stop extends Error {
  readonly fault: JsonFault;

  constructor(fault: JsonFault) {
    super(fault.problem);
    this.fault = fault;
  }
}

const blank = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const keyword = /true|false|null/y;
// Everything from U+0020 on but the double quote and the backslash, and escapes; a bounded number, which bounds backtracking.
const characters = /(?:[ !#-[\]-\uffff]+|\\(?:["\\/bfnrt]|u[\da-fA-F]{4})){1,1000}/y;

class Scanner {
  readonly #json: string;
  #at = 0;
  #pause = 0;

  constructor(json: string) {
    this.#json = json;
  }

  *whole(): Steps<void> {
    yield* this.#value();
    if (this.#at < this.#json.length) this.#stop(`${this.#found()} after the end of the value`);
  }

  *#value(): Steps<void> {
    if (this.#at >= this.#pause) {
      yield;
      this.#pause = this.#at + SCANNED_AT_ONCE;
    }
    this.#match(blank);
    switch (this.#json[this.#at]) {
      case '{':
        yield* this.#object();
        break;
      case '[':
        yield* this.#list(']', () => this.#value());
        break;
      case '"':
        this.#text();
        break;
      default:
        if (!this.#match(number) && !this.#match(keyword)) {
          this.#stop(`${this.#found()} where a value must stand`);
        }
    }
    this.#match(blank);
  }

  *#object(): Steps<void> {
    const names = new Set<string>();
    yield* this.#list('}', () => {
      this.#match(blank);
      if (this.#json[this.#at] !== '"')
        this.#stop(`${this.#found()} where a name in double quotes must stand`);
      const at = this.#at;
      const name = this.#text();
      if (names.has(name.toLowerCase())) {
        this.#stop(
          `the second member named ${JSON.stringify(name.slice(0, 80))} in one object`,
          at,
        );
      }
      names.add(name.toLowerCase());
      this.#match(blank);
      if (!this.#take(':')) this.#stop(`${this.#found()} where a colon must stand`);
      return this.#value();
    });
  }

  *#list(end: string, item: () => Steps<void>): Steps<void> {
    this.#at += 1;
    this.#match(blank);
    if (this.#take(end)) return;
    do yield* item();
    while (this.#take(','));
    if (!this.#take(end)) this.#stop(`${this.#found()} where a comma or "${end}" must stand`);
  }

  #text(): string {
    const start = this.#at;
    this.#at += 1;
    while (!this.#take('"')) {
      if (!this.#match(characters)) this.#stop(this.#badCharacter());
    }
    const text: string = JSON.parse(this.#json.slice(start, this.#at));
    if (text.includes('\0')) this.#stop('U+0000, which cannot be stored, in the text', start);
    if (!text.isWellFormed()) this.#stop('half of a surrogate pair in the text', start);
    return text;
  }

  #badCharacter(): string {
    const character = this.#json[this.#at];
    if (character === undefined) return 'the text is not closed with a double quote';
    return character === '\\'
      ? 'an escape that JSON does not have'
      : 'a control character that must be escaped';
  }

  #found(): string {
    const character = this.#json[this.#at];
    return character === undefined ? 'the end' : JSON.stringify(character);
  }

  #take(character: string): boolean {
    if (this.#json[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #match(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#json)?.[0] ?? '';
    this.#at += found.length;
    return found !== '';
  }

  #stop(problem: string, at = this.#at): never {
    throw new Stop({ at, problem });
  }
}
