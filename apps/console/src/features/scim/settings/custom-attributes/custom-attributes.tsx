import type { SchemaExtensions } from '@rollcall/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../../../api/api-error.ts';
import { extensionsQuery } from '../../../../api/directory.ts';
import { QueryView } from '../../../../api/query-view.tsx';
import { request } from '../../../../api/request.ts';
import { Button } from '../../../../components/button.tsx';
import { Section } from '../../../../components/section.tsx';
import { SkeletonLines } from '../../../../components/skeleton.tsx';
import { toast } from '../../../../components/toast.tsx';
import { useSensitive } from '../../../reauthentication/provider.tsx';
import { useDirectory } from '../../directory/context.ts';
import { AddAttributeDialog } from './add-attribute-dialog.tsx';
import { type AttributeRow, AttributeTable } from './attribute-table.tsx';
import { ChangeAttributeDialog } from './change-attribute-dialog.tsx';
import {
  type AttributeDraft,
  attributeIn,
  withAttribute,
  withoutAttribute,
  withUniqueness,
} from './extensions.ts';
import { RemoveAttributeDialog } from './remove-attribute-dialog.tsx';

type Open = { kind: 'add' } | { kind: 'change' | 'remove'; row: AttributeRow };

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
    onError: async (error) => {
      const loaded = query.refetch();
      // The version tells the reasons of a conflict apart.
      if (isConflict(error)) await loaded;
    },
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
        {(saved) => (
          <>
            <AttributeTable
              extensions={saved.extensions}
              onChange={(row) => setOpen({ kind: 'change', row })}
              onRemove={(row) => setOpen({ kind: 'remove', row })}
            />
            {open && (
              <OpenDialog
                open={open}
                saved={saved}
                busy={save.isPending}
                error={save.error}
                valuesExist={isConflict(save.error) && save.variables?.version === saved.version}
                onSave={(extensions) => save.mutate({ version: saved.version, extensions })}
                onClose={close}
              />
            )}
          </>
        )}
      </QueryView>
    </Section>
  );
}

function OpenDialog({
  open,
  saved: { extensions },
  valuesExist,
  onSave,
  ...rest
}: {
  open: Open;
  saved: SchemaExtensions;
  busy: boolean;
  error: unknown;
  valuesExist: boolean;
  onSave: (extensions: SchemaExtensions['extensions']) => void;
  onClose: () => void;
}) {
  if (open.kind === 'add') {
    const add = (draft: AttributeDraft) => onSave(withAttribute(extensions, draft));
    return <AddAttributeDialog {...rest} extensions={extensions} onSubmit={add} />;
  }
  const { resourceType, urn } = open.row.extension;
  const { name } = open.row.attribute;
  if (open.kind === 'remove') {
    const remove = () => onSave(withoutAttribute(extensions, urn, name));
    return <RemoveAttributeDialog {...rest} urn={urn} name={name} onConfirm={remove} />;
  }
  const change = (unique: boolean) => onSave(withUniqueness(extensions, urn, name, unique));
  const attribute = attributeIn(extensions, urn, name);
  const what = { resourceType, urn, name, attribute, valuesExist };
  return <ChangeAttributeDialog {...rest} {...what} onSubmit={change} />;
}

function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'conflict';
}
