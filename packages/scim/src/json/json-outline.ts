/** A long array of the outermost object, by positions in the text. */
export interface LongArray {
  /** Name of its member, as JSON. */
  readonly name: string;
  /** After its opening bracket. */
  readonly from: number;
  /** Of commas between its items, so many items apart. */
  readonly cuts: readonly number[];
  /** Of its closing bracket. */
  readonly to: number;
}

/** Items between two cuts of a long array: a millisecond of parsing. */
const PIECE = 1_000;

/**
 * Goes once over a JSON text, some characters at a time, and finds what native parsing would not tell: how deep it is, how much
 * of everything it has, repeated members included, and where a long array can be cut. The text need not be JSON.
 */
export class JsonOutline {
  /** More arrays and objects are open at once than may be; nothing is found out beyond. */
  tooDeep = false;
  /** Colons outside of texts: the members of all objects, repeated ones included. */
  members = 0;
  /** Most members of one object. */
  widest = 0;
  /** At least so many values; exactly where no array or object is empty. */
  values = 1;
  hasUnicodeEscape = false;
  /** A number has a fraction or an exponent. */
  hasDecimal = false;
  /** The first array of the outermost object that can be cut; undefined where none is that long. */
  longArray: LongArray | undefined;
  readonly #json: string;
  readonly #deepest: number;
  #at = 0;
  #depth = 0;
  #inText = false;
  /** Members of the objects that are open, by their depth. */
  readonly #open = [0];
  /** Where the last text directly in the outermost object stands. */
  #name = { from: 0, to: 0 };
  #array: { from: number; items: number; cuts: number[] } | undefined;

  constructor(json: string, deepest: number) {
    this.#json = json;
    this.#deepest = deepest;
  }

  /** Goes over so many characters more; false at the end. */
  scan(characters: number): boolean {
    const json = this.#json;
    const end = Math.min(json.length, this.#at + characters);
    let at = this.#at;
    while (at < end && !this.tooDeep) {
      at = this.#inText ? this.#scanText(at, end) : this.#scanStructure(at, end);
    }
    this.#at = at;
    return at < json.length && !this.tooDeep;
  }

  /** Up to the end of a text; answers where it stopped. */
  #scanText(from: number, end: number): number {
    const json = this.#json;
    let at = from;
    for (; at < end; at += 1) {
      const code = json.charCodeAt(at);
      if (code === 0x22) {
        this.#inText = false;
        if (this.#depth === 1) this.#name = { from: this.#name.from, to: at + 1 };
        return at + 1;
      }
      if (code !== 0x5c) continue;
      at += 1;
      this.hasUnicodeEscape ||= json.charCodeAt(at) === 0x75;
    }
    return at;
  }

  /** Up to the next text; answers where it stopped. */
  #scanStructure(from: number, end: number): number {
    const json = this.#json;
    for (let at = from; at < end; at += 1) {
      switch (json.charCodeAt(at)) {
        case 0x22:
          this.#inText = true;
          if (this.#depth === 1) this.#name = { from: at, to: at };
          return at + 1;
        case 0x2c:
          this.#pass(at);
          break;
        case 0x2e:
          this.hasDecimal = true;
          break;
        case 0x3a:
          this.#countMember();
          break;
        case 0x45:
        case 0x65:
          // Behind a digit; the others are of true and false.
          this.hasDecimal ||= json.charCodeAt(at - 1) < 0x3a;
          break;
        case 0x5b:
          this.#begin();
          if (this.#isCuttable()) this.#array = { from: at + 1, items: 0, cuts: [] };
          break;
        case 0x7b:
          this.#begin();
          break;
        case 0x5d:
        case 0x7d:
          this.#end(at);
          break;
      }
      if (this.tooDeep) return at;
    }
    return end;
  }

  #countMember(): void {
    const count = (this.#open[this.#depth] ?? 0) + 1;
    this.#open[this.#depth] = count;
    this.widest = Math.max(this.widest, count);
    this.members += 1;
  }

  #begin(): void {
    this.values += 1;
    this.#depth += 1;
    this.#open[this.#depth] = 0;
    this.tooDeep = this.#depth > this.#deepest;
  }

  /** An array that was just opened, as the value of a member of the outermost object. */
  #isCuttable(): boolean {
    const isMember = this.#depth === 2 && (this.#open[1] ?? 0) > 0;
    return isMember && this.longArray === undefined;
  }

  #pass(comma: number): void {
    this.values += 1;
    if (this.#depth !== 2 || this.#array === undefined) return;
    this.#array.items += 1;
    if (this.#array.items % PIECE === 0) this.#array.cuts.push(comma);
  }

  #end(bracket: number): void {
    if (this.#depth === 2 && this.#array !== undefined) this.#close(this.#array, bracket);
    if (this.#depth > 0) this.#depth -= 1;
  }

  #close({ from, cuts }: { from: number; cuts: number[] }, to: number): void {
    this.#array = undefined;
    if (cuts.length === 0) return;
    const name = this.#json.slice(this.#name.from, this.#name.to);
    this.longArray = { name, from, cuts, to };
  }
}
