import { basename } from 'node:path';
import type { Citations } from './citations.ts';
import type { Requirement } from './requirements.ts';

const sections: Readonly<Record<string, string>> = {
  D: 'Discovery',
  A: 'Attributes and common rules',
  U: 'Users',
  G: 'Groups',
  H: 'HTTP',
  C: 'Create',
  R: 'Read one',
  L: 'Lists',
  F: 'Filters',
  O: 'Sorting',
  N: 'Cursors',
  J: 'Projection',
  W: 'PUT',
  P: 'PATCH',
  X: 'DELETE',
  Q: 'Search by POST',
  B: 'Bulk',
  M: '/Me',
  V: 'Versions',
  E: 'Errors',
  I: 'International text',
  T: 'Directories',
  S: 'Security and operations',
  K: 'Tokens',
};

const introduction = `# SCIM conformance

Each requirement of SCIM 2.0 (RFC 7643, RFC 7644, RFC 9865 and what they build on), and which tests show it. A star marks a decision of
ours where the standards are silent or leave a choice. The table is written from a test run by \`node scripts/conformance.ts\`; \`npm test\`
fails where it is stale or where a requirement has neither a test nor a reason. The requirements are listed in
[scim-requirements.json](scim-requirements.json).
`;

/** Writes `docs/scim-conformance.md`. */
export function conformanceTable(
  requirements: readonly Requirement[],
  citations: Citations,
): string {
  const bySection = Map.groupBy(requirements, ({ id }) => id.charAt(0));
  const parts = [...bySection].map(([letter, members]) => {
    const rows = members.map((one) => row(one, citations.get(one.id)));
    const head = `## ${letter} · ${sections[letter] ?? letter}`;
    return `${head}\n\n| id | level | requirement | state |\n|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return [introduction, counted(requirements, citations), ...parts].join('\n');
}

/** What a table cannot be written for: ids without a state, states that are not true, and ids that do not exist. */
export function faultsOf(requirements: readonly Requirement[], citations: Citations): string[] {
  const known = new Set(requirements.map(({ id }) => id));
  // Recorded choices (Z) explain requirements and are none; other letters are no citations.
  const unknown = [...citations.keys()].filter(
    (id) => !known.has(id) && sections[id.charAt(0)] !== undefined,
  );
  const faults = requirements.flatMap(({ id, notApplicable, notImplemented }) => {
    const isCited = citations.has(id);
    const reason = notApplicable ?? notImplemented;
    if (!isCited && reason === undefined) return [`${id} is cited by no test and has no reason`];
    if (isCited && notImplemented !== undefined) return [`${id} is cited, but said to be missing`];
    return [];
  });
  return [...faults, ...unknown.map((id) => `${id} is cited and not listed`)];
}

function row(
  { id, level, summary, notApplicable, notImplemented }: Requirement,
  files: ReadonlySet<string> | undefined,
): string {
  return `| ${id} | ${level.replace('*', '\\*')} | ${summary} | ${stateOf()} |`;

  function stateOf(): string {
    if (notImplemented !== undefined) return `**not implemented**: ${notImplemented}`;
    if (files !== undefined) return [...files].toSorted().map(linked).join(', ');
    return notApplicable === undefined ? '**no test**' : `does not apply: ${notApplicable}`;
  }
}

function linked(file: string): string {
  return `[${basename(file).replace(/\.test\.tsx?$/, '')}](../${file})`;
}

function counted(requirements: readonly Requirement[], citations: Citations): string {
  const shown = requirements.filter(({ id }) => citations.has(id)).length;
  const missing = requirements.filter(({ notImplemented }) => notImplemented !== undefined).length;
  const others = requirements.filter(
    ({ id, notApplicable }) => notApplicable !== undefined && !citations.has(id),
  ).length;
  return `${requirements.length} requirements: ${shown} shown by tests, ${others} do not apply, ${missing} not implemented.\n`;
}
