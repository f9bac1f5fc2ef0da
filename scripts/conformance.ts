/** Writes `docs/scim-conformance.md` from the last run of the whole suite; with `--check` compares it instead. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCitations } from './conformance/citations.ts';
import { readRequirements } from './conformance/requirements.ts';
import { conformanceTable, faultsOf } from './conformance/table.ts';

const root = join(import.meta.dirname, '..');
const file = join(root, 'docs/scim-conformance.md');

const requirements = readRequirements();
const report = join(root, 'node_modules/.cache/rollcall-test-report.json');
const citations = readCitations(report, root);
const faults = faultsOf(requirements, citations);
const table = conformanceTable(requirements, citations);

if (!process.argv.includes('--check')) writeFileSync(file, table);
else if (readFileSync(file, 'utf8') !== table) {
  faults.push('docs/scim-conformance.md is stale: run node scripts/conformance.ts and commit it');
}
for (const fault of faults) console.log(`Conformance: ${fault}.`);
process.exit(faults.length === 0 ? 0 : 1);
