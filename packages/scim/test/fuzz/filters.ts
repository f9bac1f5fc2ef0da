import type { Random } from './random.ts';
import {
  type Kind,
  type Named,
  type ReferenceFilter,
  userElements,
  userNames,
} from './reference-filter.ts';

/** A filter as text, and what it means. */
export interface WrittenFilter {
  readonly text: string;
  readonly means: ReferenceFilter;
}

/** Values that a filter may ask for: those that are stored make hits likely. */
export interface Vocabulary {
  readonly texts: readonly string[];
  readonly times: readonly string[];
}

const textOperators = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'];
const orderOperators = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];

/** Writes a filter that is right by the grammar and by the schema. */
export class FilterWriter {
  readonly #random: Random;
  readonly #vocabulary: Vocabulary;

  constructor(random: Random, vocabulary: Vocabulary) {
    this.#random = random;
    this.#vocabulary = vocabulary;
  }

  filter(depth = 3): WrittenFilter {
    switch (depth === 0 ? 9 : this.#random.below(10)) {
      case 0:
      case 1:
        return this.#joined('and', depth);
      case 2:
      case 3:
        return this.#joined('or', depth);
      case 4: {
        const { text, means } = this.filter(depth - 1);
        const gap = this.#random.pick(['', ' ']);
        return { text: `${this.#cased('not')}${gap}(${text})`, means: { is: 'not', part: means } };
      }
      case 5:
        return this.#element();
      default:
        return this.#term(userNames);
    }
  }

  #joined(is: 'and' | 'or', depth: number): WrittenFilter {
    const made = [this.filter(depth - 1), this.filter(depth - 1)];
    const text = made.map((one) => `(${one.text})`).join(` ${this.#cased(is)} `);
    return { text, means: { is, parts: made.map(({ means }) => means) } };
  }

  #element(): WrittenFilter {
    const [name, parts] = this.#random.pick([...userElements]);
    const inner = this.#inner(parts);
    const path = [name];
    if (!this.#random.chance(3)) {
      return {
        text: `${this.#cased(name)}[${inner.text}]`,
        means: { is: 'element', path, part: inner.means },
      };
    }
    // `emails[type eq "work"].value eq "x"`: both on one element.
    const after = this.#term(parts);
    return {
      text: `${name}[${inner.text}].${after.text}`,
      means: { is: 'element', path, part: { is: 'and', parts: [inner.means, after.means] } },
    };
  }

  #inner(parts: readonly Named[]): WrittenFilter {
    const one = this.#term(parts);
    if (this.#random.chance(3)) return one;
    if (this.#random.chance(3)) {
      return { text: `not (${one.text})`, means: { is: 'not', part: one.means } };
    }
    const other = this.#term(parts);
    const is = this.#random.pick(['and', 'or'] as const);
    const means = { is, parts: [one.means, other.means] };
    return { text: `${one.text} ${this.#cased(is)} ${other.text}`, means };
  }

  #term(names: readonly Named[]): WrittenFilter {
    const { written, path, kind } = this.#random.pick(names);
    const name = this.#cased(written);
    const present: ReferenceFilter = { is: 'present', path };
    if (this.#random.chance(6)) return { text: `${name} ${this.#cased('pr')}`, means: present };
    if (this.#random.chance(12)) return { text: `${name} ne null`, means: present };
    if (this.#random.chance(12)) {
      return { text: `${name} eq null`, means: { is: 'not', part: present } };
    }
    const operator = this.#operator(kind);
    const value = this.#value(kind);
    return {
      text: `${name} ${this.#cased(operator)} ${this.#literal(kind, value)}`,
      means: { is: 'compare', path, kind, operator, value },
    };
  }

  #operator(kind: Kind): string {
    if (kind === 'boolean') return this.#random.pick(['eq', 'ne']);
    return this.#random.pick(kind === 'time' ? orderOperators : textOperators);
  }

  #value(kind: Kind): string | boolean {
    if (kind === 'boolean') return this.#random.chance(2);
    if (kind === 'time') return this.#random.pick(this.#vocabulary.times);
    const text = this.#random.pick(this.#vocabulary.texts);
    if (!this.#random.chance(3)) return text;
    const letters = [...text];
    return letters.slice(this.#random.below(letters.length + 1)).join('');
  }

  #literal(kind: Kind, value: string | boolean): string {
    if (kind === 'boolean') return this.#random.chance(4) ? `"${String(value)}"` : String(value);
    const text = JSON.stringify(value);
    return this.#random.chance(8) ? escapedWhole(text) : text;
  }

  /** Names, operators and words mean the same in any case. */
  #cased(word: string): string {
    switch (this.#random.below(6)) {
      case 0:
        return word.toUpperCase();
      case 1:
        return word.toLowerCase();
      default:
        return word;
    }
  }
}

/** The same literal with each letter as an escape. */
function escapedWhole(literal: string): string {
  return literal.replace(/[a-z]/g, (letter, at) =>
    literal[at - 1] === '\\' ? letter : `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
