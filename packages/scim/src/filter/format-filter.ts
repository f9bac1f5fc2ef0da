import { type AttributePath, formatAttributePath } from '../path/attribute-path.ts';
import type { Filter } from './filter.ts';

/** Writes a filter so that `parseFilter` reads the same tree again. */
export function formatFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
      return filter.operands.map((operand) => grouped(operand, ['and', 'or'])).join(' and ');
    case 'or':
      return filter.operands.map((operand) => grouped(operand, ['or'])).join(' or ');
    case 'not':
      return `not (${formatFilter(filter.operand)})`;
    case 'present':
      return `${name(filter.path)} pr`;
    case 'compare':
      return `${name(filter.path)} ${filter.operator} ${JSON.stringify(filter.value)}`;
    case 'element':
      return `${name(filter.path)}[${formatFilter(filter.filter)}]`;
  }
}

function grouped(filter: Filter, kinds: readonly Filter['kind'][]): string {
  const text = formatFilter(filter);
  return kinds.includes(filter.kind) ? `(${text})` : text;
}

function name(path: AttributePath): string {
  return formatAttributePath(path);
}
