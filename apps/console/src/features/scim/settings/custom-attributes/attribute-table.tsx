import type { SchemaExtension } from '@rollcall/api';
import { Button } from '../../../../components/button.tsx';
import { EmptyState } from '../../../../components/states.tsx';
import { type Column, Table } from '../../../../components/table.tsx';
import { canBeUnique, typeLabels } from './extensions.ts';

/** An attribute and the extension that it belongs to. */
export type AttributeRow = {
  extension: SchemaExtension;
  attribute: SchemaExtension['attributes'][number];
};

/** What each attribute holds, and what can be done with it. */
export function AttributeTable({
  extensions,
  onChange,
  onRemove,
}: {
  extensions: readonly SchemaExtension[];
  onChange: (row: AttributeRow) => void;
  onRemove: (row: AttributeRow) => void;
}) {
  const rows = extensions.flatMap((extension) =>
    extension.attributes.map((attribute) => ({ extension, attribute })),
  );
  if (rows.length === 0) {
    return (
      <EmptyState title="No custom attributes">
        Attributes of SCIM and its enterprise extension are accepted without being listed here.
      </EmptyState>
    );
  }
  const columns: readonly Column<AttributeRow>[] = [
    {
      id: 'name',
      header: 'Attribute',
      place: 'main',
      cell: ({ extension, attribute }) => (
        <>
          <code>{attribute.name}</code>
          <span className="block text-sm break-all text-ink-2">{extension.urn}</span>
        </>
      ),
    },
    { id: 'of', header: 'Of', place: 'meta', cell: ofWhat },
    { id: 'type', header: 'Type', place: 'meta', cell: typeOf },
    {
      id: 'action',
      header: 'Action',
      place: 'acts',
      cell: (row) => (
        <div className="flex flex-wrap gap-2">
          {canBeUnique(row.attribute) && (
            <Button
              size="sm"
              aria-label={`Change the attribute ${row.attribute.name}…`}
              onClick={() => onChange(row)}
            >
              Change…
            </Button>
          )}
          <Button
            size="sm"
            aria-label={`Remove the attribute ${row.attribute.name}…`}
            onClick={() => onRemove(row)}
          >
            Remove…
          </Button>
        </div>
      ),
    },
  ];
  return (
    <Table
      caption="Custom attributes"
      columns={columns}
      rows={rows}
      keyOf={({ extension, attribute }) => `${extension.urn}:${attribute.name}`}
    />
  );
}

function ofWhat({ extension }: AttributeRow) {
  return extension.resourceType === 'User' ? 'People' : 'Groups';
}

function typeOf({ attribute: { type, multiValued, uniqueness } }: AttributeRow) {
  const label = type === 'complex' ? 'Several parts' : typeLabels[type];
  if (uniqueness === 'server') return `${label}, unique`;
  return multiValued ? `${label}, several values` : label;
}
