import { scimError } from '../message/error.ts';
import { type AttributePath, parseAttributePath } from '../path/attribute-path.ts';
import { isCleanText } from '../text/clean-text.ts';
import { quotedPiece } from '../text/quoted-piece.ts';
import {
  type ComparisonOperator,
  defaultFilterLimits,
  type Filter,
  type FilterLimits,
  type FilterValue,
} from './filter.ts';
import { filterFault, Lexer, type Token } from './lexer.ts';

const operators: ReadonlySet<string> = new Set<ComparisonOperator>([
  'eq',
  'ne',
  'co',
  'sw',
  'ew',
  'gt',
  'ge',
  'lt',
  'le',
]);
const operatorList = 'an operator (eq, ne, co, sw, ew, gt, ge, lt, le or pr)';

/**
 * Reads a filter (RFC 7644 §3.4.2.2, Figure 1). It does not ask whether the attributes exist: see `checkFilter`.
 *
 * @throws ScimError 400 invalidFilter that names the piece, its position and the form that is right.
 */
export function parseFilter(text: string, limits: FilterLimits = defaultFilterLimits): Filter {
  if (text.length > limits.length) {
    throw scimError(
      'invalidFilter',
      `The filter has ${text.length} characters; at most ${limits.length} are allowed. Ask for fewer values at once.`,
    );
  }
  const parser = new Parser(new Lexer(text), limits);
  return parser.whole();
}

/** Reads the filter inside brackets whose opening bracket has been consumed; the lexer then stands after the closing one. */
export function parseElementFilter(lexer: Lexer, limits: FilterLimits): Filter {
  return new Parser(lexer, limits).bracketed();
}

class Parser {
  readonly #lexer: Lexer;
  readonly #limits: FilterLimits;
  #depth = 0;
  #terms = 0;
  #inBrackets = false;

  constructor(lexer: Lexer, limits: FilterLimits) {
    this.#lexer = lexer;
    this.#limits = limits;
  }

  whole(): Filter {
    const filter = this.#disjunction();
    const rest = this.#lexer.peek();
    if (rest.kind !== 'end') throw filterFault('"and", "or" or its end', rest);
    return filter;
  }

  bracketed(): Filter {
    this.#inBrackets = true;
    const filter = this.#nested(']');
    this.#inBrackets = false;
    return filter;
  }

  #disjunction(): Filter {
    return this.#joined('or', () => this.#conjunction());
  }

  #conjunction(): Filter {
    return this.#joined('and', () => this.#term());
  }

  #joined(kind: 'and' | 'or', operand: () => Filter): Filter {
    const first = operand();
    if (!this.#takeWord(kind)) return first;
    const operands = [first];
    do operands.push(operand());
    while (this.#takeWord(kind));
    return { kind, operands };
  }

  #term(): Filter {
    const token = this.#lexer.take();
    if (token.kind === '(') return this.#nested(')');
    if (token.kind !== 'word') throw filterFault('an attribute name', token);
    if (token.text.toLowerCase() === 'not' && this.#lexer.peek().kind === '(') {
      this.#lexer.take();
      return { kind: 'not', operand: this.#nested(')') };
    }
    return this.#expression(token);
  }

  #nested(closing: ')' | ']'): Filter {
    this.#depth += 1;
    if (this.#depth > this.#limits.depth) {
      throw scimError(
        'invalidFilter',
        `The filter opens more than ${this.#limits.depth} parentheses inside each other. Simplify it.`,
      );
    }
    const filter = this.#disjunction();
    const end = this.#lexer.take();
    if (end.kind !== closing) throw filterFault(`a closing "${closing}"`, end);
    this.#depth -= 1;
    return filter;
  }

  #expression(token: Token): Filter {
    this.#terms += 1;
    if (this.#terms > this.#limits.terms) {
      throw scimError(
        'invalidFilter',
        `The filter has more than ${this.#limits.terms} conditions. Split it into several requests.`,
      );
    }
    const path = attributePathOf(token);
    if (this.#lexer.peek().kind === '[') return this.#elementFilter(path);
    return this.#condition(path);
  }

  #elementFilter(path: AttributePath): Filter {
    const bracket = this.#lexer.take();
    if (this.#inBrackets) throw filterFault('no bracket inside a bracket', bracket);
    const filter = this.bracketed();
    const next = this.#lexer.peek();
    if (next.kind !== 'word' || !next.text.startsWith('.'))
      return { kind: 'element', path, filter };
    // Z-30: `emails[type eq "work"].value eq "x"` asks the same element for one thing more.
    const dotted = this.#lexer.take();
    const inner = attributePathOf({ ...dotted, text: dotted.text.slice(1), at: dotted.at + 1 });
    const operands = [filter, this.#condition(inner)];
    return { kind: 'element', path, filter: { kind: 'and', operands } };
  }

  #condition(path: AttributePath): Filter {
    const token = this.#lexer.take();
    const operator = token.text.toLowerCase();
    if (token.kind === 'word' && operator === 'pr') return { kind: 'present', path };
    if (token.kind !== 'word' || !isOperator(operator)) throw filterFault(operatorList, token);
    return { kind: 'compare', path, operator, value: literalOf(this.#lexer.take()) };
  }

  #takeWord(expected: string): boolean {
    const token = this.#lexer.peek();
    if (token.kind !== 'word' || token.text.toLowerCase() !== expected) return false;
    this.#lexer.take();
    return true;
  }
}

function isOperator(text: string): text is ComparisonOperator {
  return operators.has(text);
}

function attributePathOf(token: Token): AttributePath {
  const path = parseAttributePath(token.text);
  if (path === undefined) throw filterFault('an attribute name', token);
  return path;
}

function literalOf(token: Token): FilterValue {
  const expected = 'a value: text in double quotes, a number, true, false or null';
  if (token.kind !== 'word' && token.kind !== 'string') throw filterFault(expected, token);
  const keyword = keywords.get(token.text.toLowerCase());
  if (keyword !== undefined) return keyword;
  try {
    return literalFromJson(JSON.parse(token.text), token);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const hint = token.kind === 'word' ? expected : 'a text with JSON escapes only';
    throw filterFault(hint, token);
  }
}

const keywords: ReadonlyMap<string, FilterValue> = new Map<string, FilterValue>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function literalFromJson(value: unknown, token: Token): FilterValue {
  if (typeof value === 'string' && isCleanText(value)) return value;
  if (typeof value === 'number') return exactNumber(value, token);
  throw filterFault('a text without U+0000 and without half of a surrogate pair', token);
}

// F-40: a whole number that a double cannot hold exactly would match its neighbors.
function exactNumber(value: number, token: Token): number {
  if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) {
    return value;
  }
  throw scimError(
    'invalidFilter',
    `The number ${quotedPiece(token.text)} in the filter is too large to compare exactly.`,
  );
}
