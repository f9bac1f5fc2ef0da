import type { SchemaExtension, SchemaExtensions } from '@rollcall/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { extensionsQuery } from '../../../../api/directory.ts';
import { QueryView } from '../../../../api/query-view.tsx';
import { request } from '../../../../api/request.ts';
import { Button } from '../../../../components/button.tsx';
import { Section } from '../../../../components/section.tsx';
import { SkeletonLines } from '../../../../components/skeleton.tsx';
import { EmptyState } from '../../../../components/states.tsx';
import { type Column, Table } from '../../../../components/table.tsx';
import { toast } from '../../../../components/toast.tsx';
import { useSensitive } from '../../../reauthentication/provider.tsx';
import { useDirectory } from '../../directory/context.ts';
import { AddAttributeDialog } from './add-attribute-dialog.tsx';
import { typeLabels, withAttribute, withoutAttribute } from './extensions.ts';
import { RemoveAttributeDialog } from './remove-attribute-dialog.tsx';

type Row = { extension: SchemaExtension; attribute: SchemaExtension['attributes'][number] };
type Open = { kind: 'add' } | { kind: 'remove'; row: Row };

/** The attributes that the directory has beyond those of SCIM. */
export function CustomAttributes() {
  const { directory, ref } = useDirectory();
  const client = useQueryClient();
  const sensitive = useSensitive();
  const query = useQuery(extensionsQuery(ref));
  const [open, setOpen] = useState<Open>();
  const save = useMutation({
    mutationFn: ({ version, extensions }: SchemaExtensions) =>
      sensitive(() =>
        request('replaceSchemaExtensions', { params: ref, body: { version, extensions } }),
      ),
    onSuccess: (saved) => {
      client.setQueryData(extensionsQuery(ref).queryKey, saved);
      setOpen(undefined);
      toast('Custom attributes saved');
    },
    onError: () => void query.refetch(),
  });
  const close = () => {
    setOpen(undefined);
    save.reset();
  };
  return (
    <Section
      title="Custom attributes"
      note="What your identity provider sends beyond the attributes of SCIM."
      end={
        directory.state === 'on' &&
        query.data && (
          <Button size="sm" onClick={() => setOpen({ kind: 'add' })}>
            Add Attribute…
          </Button>
        )
      }
    >
      <QueryView
        query={query}
        failed="The custom attributes could not be loaded"
        skeleton={<SkeletonLines />}
      >
        {({ version, extensions }) => (
          <>
            <AttributeTable
              extensions={extensions}
              onRemove={(row) => setOpen({ kind: 'remove', row })}
            />
            {open?.kind === 'add' && (
              <AddAttributeDialog
                extensions={extensions}
                busy={save.isPending}
                error={save.error}
                onSubmit={(draft) =>
                  save.mutate({ version, extensions: withAttribute(extensions, draft) })
                }
                onClose={close}
              />
            )}
            {open?.kind === 'remove' && (
              <RemoveAttributeDialog
                urn={open.row.extension.urn}
                name={open.row.attribute.name}
                busy={save.isPending}
                error={save.error}
                onConfirm={() => {
                  const { extension, attribute } = open.row;
                  const left = withoutAttribute(extensions, extension.urn, attribute.name);
                  save.mutate({ version, extensions: left });
                }}
                onClose={close}
              />
            )}
          </>
        )}
      </QueryView>
    </Section>
  );
}

function AttributeTable({
  extensions,
  onRemove,
}: {
  extensions: readonly SchemaExtension[];
  onRemove: (row: Row) => void;
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
  const columns: readonly Column<Row>[] = [
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
      place: 'end',
      cell: (row) => (
        <Button
          size="sm"
          aria-label={`Remove the attribute ${row.attribute.name}…`}
          onClick={() => onRemove(row)}
        >
          Remove…
        </Button>
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

function ofWhat({ extension }: Row) {
  return extension.resourceType === 'User' ? 'People' : 'Groups';
}

function typeOf({ attribute: { type, multiValued } }: Row) {
  const label = type === 'complex' ? 'Several parts' : typeLabels[type];
  return multiValued ? `${label}, several values` : label;
}
