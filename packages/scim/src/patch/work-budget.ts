import { filterTerms } from '../filter/filter-terms.ts';
import { isArray, type JsonValue } from '../json/json-value.ts';
import { scimError } from '../message/error.ts';
import type { PatchOperation } from './patch-operation.ts';

/** Comparisons that one request may ask for; a hundred operations on the addresses of a person need a few hundred. */
const allowed = 20_000;

/**
 * Bounds what a request may cost (P-60): filters that are long and many operations on many values multiply, and within a
 * body of a megabyte they could keep a server busy for minutes.
 */
export class WorkBudget {
  #spent = 0;

  /**
   * Takes what the filter in a path costs to read.
   *
   * @throws ScimError 400 tooMany when the request asks for too much.
   */
  spendOnReading({ path }: Pick<PatchOperation, 'path'>): void {
    this.#spend(path.filter === undefined ? 1 : filterTerms(path.filter));
  }

  /**
   * Takes what an operation costs on the stored value.
   *
   * @throws ScimError 400 tooMany when the request asks for too much.
   */
  spendOnApplying(operation: PatchOperation, stored: JsonValue | undefined): void {
    const elements = isArray(stored) ? stored.length : 1;
    this.#spend(elements * comparisons(operation));
  }

  #spend(comparisonsNow: number): void {
    this.#spent += comparisonsNow;
    if (this.#spent <= allowed) return;
    throw scimError(
      'tooMany',
      'The operations compare too many values with each other. Send fewer of them at once.',
    );
  }
}

function comparisons(operation: PatchOperation): number {
  const { filter } = operation.path;
  if (filter !== undefined) return filterTerms(filter);
  if (operation.op === 'remove') return Math.max(1, operation.elements?.length ?? 1);
  return 1;
}
