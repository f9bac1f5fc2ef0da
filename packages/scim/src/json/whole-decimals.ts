import type { Steps } from '../steps.ts';
import { type JsonValue, WholeDecimal } from './json-value.ts';

/** Characters that are looked at in one step: some milliseconds where all of them are decimals. */
const SCANNED_AT_ONCE = 32_768;

const decimal = /-?\d+(\.\d+)?(e[+-]?\d+)?/iy;

/**
 * Puts a `WholeDecimal` in the place of each number that a text writes with a fraction or an exponent and that is an integer
 * all the same. It is asked only where a text has a decimal, since native parsing is much faster without.
 *
 * @param value what native parsing made of the text; changed in place
 */
export function* markWholeDecimals(json: string, value: JsonValue): Steps<JsonValue> {
  const root = { value };
  const place = new Place(json);
  let pause = SCANNED_AT_ONCE;
  for (let at = 0; at < json.length; ) {
    if (at > pause) {
      yield;
      pause = at + SCANNED_AT_ONCE;
    }
    decimal.lastIndex = at;
    const [written, fraction, exponent] = decimal.exec(json) ?? [];
    if (written === undefined) {
      at = place.pass(at);
      continue;
    }
    at += written.length;
    const number = Number(written);
    const isDecimal = fraction !== undefined || exponent !== undefined;
    if (isDecimal && Number.isSafeInteger(number)) place.put(root, new WholeDecimal(number));
  }
  return root.value;
}

/** A name, or where it stands in the text; or an index. */
type Key = string | { readonly from: number; readonly to: number } | number;

/** Where in the value a position of its text is. */
class Place {
  readonly #json: string;
  readonly #keys: Key[] = ['value'];
  #text = { from: 0, to: 0 };

  constructor(json: string) {
    this.#json = json;
  }

  /** Goes over what stands at a position and is no number; answers what follows it. */
  pass(at: number): number {
    const keys = this.#keys;
    switch (this.#json.charCodeAt(at)) {
      case 0x22:
        this.#text = { from: at, to: this.#endOfText(at) };
        return this.#text.to;
      case 0x3a:
        keys[keys.length - 1] = this.#text;
        break;
      case 0x2c:
        this.#next();
        break;
      case 0x5b:
        keys.push(0);
        break;
      case 0x7b:
        keys.push(this.#text);
        break;
      case 0x5d:
      case 0x7d:
        keys.pop();
        break;
    }
    return at + 1;
  }

  /** Puts it here. */
  put(root: { readonly value: JsonValue }, decimal: WholeDecimal): void {
    const names = this.#keys.map((key) => this.#nameOf(key));
    const last = names.pop() ?? '';
    let container: object = root;
    for (const name of names) container = Reflect.get(container, name);
    Reflect.set(container, last, decimal);
  }

  #next(): void {
    const index = this.#keys.at(-1);
    if (typeof index === 'number') this.#keys[this.#keys.length - 1] = index + 1;
  }

  #nameOf(key: Key): string | number {
    return typeof key === 'object' ? JSON.parse(this.#json.slice(key.from, key.to)) : key;
  }

  #endOfText(from: number): number {
    let at = from + 1;
    while (this.#json.charCodeAt(at) !== 0x22) at += this.#json.charCodeAt(at) === 0x5c ? 2 : 1;
    return at + 1;
  }
}
