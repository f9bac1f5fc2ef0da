import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { describeError, fieldError } from '../../api/api-error.ts';
import { request } from '../../api/request.ts';
import { profileQuery, sessionQuery } from '../../api/session.ts';
import { Button } from '../../components/button.tsx';
import { Field, Input } from '../../components/field.tsx';
import { announce } from '../../components/live-region.tsx';
import { toast } from '../../components/toast.tsx';
import { useUnsavedChanges } from '../../components/use-unsaved-changes.ts';

/** The own name, as others see it. */
export function NameForm({ name }: { name: string }) {
  const client = useQueryClient();
  const [value, setValue] = useState(name);
  const [missing, setMissing] = useState(false);
  useUnsavedChanges(value.trim() !== name);
  const save = useMutation({
    mutationFn: () => request('updateProfile', { body: { name: value.trim() } }),
    onSuccess: (profile) => {
      client.setQueryData(profileQuery().queryKey, profile);
      void client.invalidateQueries({ queryKey: sessionQuery().queryKey });
      announce('Saved');
      toast('Saved your name.');
    },
  });
  const error = save.error
    ? (fieldError(save.error, 'name') ?? describeError(save.error).detail)
    : undefined;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(value.trim() === '');
        if (value.trim() !== '' && !save.isPending) save.mutate();
      }}
      className="flex flex-wrap items-start gap-2"
    >
      <Field
        label="Name"
        error={missing ? 'Enter your name.' : error}
        className="min-w-0 flex-[1_1_14rem]"
      >
        <Input
          autoComplete="name"
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
      </Field>
      <Button type="submit" busy={save.isPending} className="mt-[1.625rem]">
        Save
      </Button>
    </form>
  );
}
