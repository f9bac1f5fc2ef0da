import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

/** Which test files cite a requirement, by its id. */
export type Citations = ReadonlyMap<string, ReadonlySet<string>>;

/** Vitest's own report, as far as it is needed. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly fullName: string }[];
  }[];
}

/** An id, or a range of them as in `L-01 to L-05`. */
const citation = /\b([A-Z])-(\d\d)(?: to \1-(\d\d))?\b/g;

/** Reads what the titles of a test run cite. What could not run on this machine counts: the run itself tells of it. */
export function readCitations(report: string, root: string): Citations {
  // Written by Vitest.
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  const citations = new Map<string, Set<string>>();
  for (const { name, assertionResults } of testResults) {
    const file = relative(root, name).replaceAll('\\', '/');
    for (const { fullName } of assertionResults) {
      for (const id of citedIn(fullName)) {
        citations.set(id, (citations.get(id) ?? new Set()).add(file));
      }
    }
  }
  return citations;
}

/** The ids that a title cites. */
function citedIn(title: string): string[] {
  return [...title.matchAll(citation)].flatMap(([, section = '', first, last = first]) => {
    const count = Number(last) - Number(first) + 1;
    return Array.from({ length: count }, (_, at) => {
      const number = String(Number(first) + at).padStart(2, '0');
      return `${section}-${number}`;
    });
  });
}
