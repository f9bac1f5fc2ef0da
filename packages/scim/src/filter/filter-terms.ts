import type { Filter } from './filter.ts';

/** Counts the comparisons of a filter, which is what deciding it costs. */
export function filterTerms<Path>(filter: Filter<Path>): number {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.reduce((sum, operand) => sum + filterTerms(operand), 0);
    case 'not':
      return filterTerms(filter.operand);
    case 'element':
      return filterTerms(filter.filter);
    case 'present':
    case 'compare':
      return 1;
  }
}
