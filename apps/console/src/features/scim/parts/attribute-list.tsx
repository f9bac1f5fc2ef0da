import { Properties } from '../../../components/section.tsx';
import { attributeRows } from '../model/attributes.ts';

/** What the IdP says, attribute by attribute. */
export function AttributeList({ resource }: { resource: Readonly<Record<string, unknown>> }) {
  const rows = attributeRows(resource);
  if (rows.length === 0) return <p className="text-sm text-ink-2">Nothing beyond its name.</p>;
  return <Properties values={rows.map(({ label, value }) => ({ name: label, value }))} />;
}
