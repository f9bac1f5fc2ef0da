import type { Steps } from '../steps.ts';
import { type JsonValue, WholeDecimal } from './json-value.ts';

/** Characters that are looked at in one step, and up to the end of a text: some milliseconds where all are decimals. */
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
  const place = new Place(json, root);
  let pause = 0;
  for (let at = 0; at < json.length; ) {
    if (at >= pause) {
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
    if (isDecimal && Number.isSafeInteger(number)) place.put(new WholeDecimal(number));
  }
  return root.value;
}

/** An array or object that is not closed yet. */
interface Open {
  readonly container: object;
  readonly outer: Open | undefined;
  /** Of the value that is gone over: a name, or where it stands in the text; or an index. */
  key: string | { readonly from: number; readonly to: number } | number;
}

/** Where in the value a position of its text is. Each name is read once at most, since only one value stands behind it. */
class Place {
  readonly #json: string;
  #open: Open;
  #text = { from: 0, to: 0 };

  constructor(json: string, root: { readonly value: JsonValue }) {
    this.#json = json;
    this.#open = { container: root, outer: undefined, key: 'value' };
  }

  /** Goes over what stands at a position and is no number; answers what follows it. */
  pass(at: number): number {
    switch (this.#json.charCodeAt(at)) {
      case 0x22:
        this.#text = { from: at, to: this.#endOfText(at) };
        return this.#text.to;
      case 0x3a:
        this.#open.key = this.#text;
        break;
      case 0x2c:
        if (typeof this.#open.key === 'number') this.#open.key += 1;
        break;
      case 0x5b:
        this.#begin(0);
        break;
      case 0x7b:
        this.#begin('');
        break;
      case 0x5d:
      case 0x7d:
        this.#open = this.#open.outer ?? this.#open;
        break;
    }
    return at + 1;
  }

  /** Puts it here. */
  put(decimal: WholeDecimal): void {
    Reflect.set(this.#open.container, this.#key(), decimal);
  }

  #begin(key: Open['key']): void {
    const container = Reflect.get(this.#open.container, this.#key());
    this.#open = { container, outer: this.#open, key };
  }

  #key(): string | number {
    const { key } = this.#open;
    return typeof key === 'object' ? JSON.parse(this.#json.slice(key.from, key.to)) : key;
  }

  #endOfText(from: number): number {
    let at = from + 1;
    while (this.#json.charCodeAt(at) !== 0x22) at += this.#json.charCodeAt(at) === 0x5c ? 2 : 1;
    return at + 1;
  }
}
