import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useRef, useState } from 'react';
import { fieldError, isSchemaText } from '../../../api/api-error.ts';
import { directoryKey, directoryQuery } from '../../../api/directory.ts';
import { request } from '../../../api/request.ts';
import { Banner } from '../../../components/banner.tsx';
import { Button } from '../../../components/button.tsx';
import { Checkbox, RadioGroup } from '../../../components/choice.tsx';
import { Field, Input, Select } from '../../../components/field.tsx';
import { Section } from '../../../components/section.tsx';
import { toast } from '../../../components/toast.tsx';
import { useUnsavedChanges } from '../../../components/use-unsaved-changes.ts';
import { sensitiveError, useSensitive } from '../../reauthentication/provider.tsx';
import { useDirectory } from '../directory/context.ts';
import { providerNames } from '../model/provider.ts';
import {
  longestName,
  type SettingsDraft,
  settingsChange,
  settingsOf,
  settingsProblems,
} from '../model/settings.ts';

/** Name, provider and policies, saved together. */
export function SettingsForm() {
  const { directory, ref } = useDirectory();
  const client = useQueryClient();
  const sensitive = useSensitive();
  const [draft, setDraft] = useState(() => settingsOf(directory));
  const reasonId = useId();
  const change = settingsChange(directory, draft);
  const problems = settingsProblems(draft);
  useUnsavedChanges(change !== undefined);
  const summary = useRef<HTMLDivElement>(null);
  const [refused, setRefused] = useState<string>();
  // After React has shown it.
  const refuse = (why: string | undefined) => {
    setRefused(why);
    requestAnimationFrame(() => summary.current?.focus());
  };
  const save = useMutation({
    mutationFn: (body: NonNullable<typeof change>) =>
      sensitive(() => request('updateDirectory', { params: ref, body })),
    onSuccess: (saved) => {
      client.setQueryData(directoryQuery(ref).queryKey, saved);
      void client.invalidateQueries({ queryKey: directoryKey(ref) });
      setDraft(settingsOf(saved));
      toast('Settings saved');
    },
    onError: (error) =>
      refuse(
        isSchemaText(error)
          ? 'A field holds what cannot be stored. See below.'
          : sensitiveError(error),
      ),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const problem = problems.name ?? problems.outsiders;
    if (problem) return refuse(problem);
    setRefused(undefined);
    if (change && !save.isPending) save.mutate(change);
  };
  const set = (part: Partial<SettingsDraft>) => setDraft((now) => ({ ...now, ...part }));
  return (
    <Section title="Directory">
      <form noValidate onSubmit={submit} className="grid max-w-[28rem] gap-5">
        {refused && (
          <div ref={summary} tabIndex={-1} role="alert">
            <Banner tone="danger" title="The settings were not saved.">
              {refused}
            </Banner>
          </div>
        )}
        <Field label="Name" error={problems.name ?? refusedField(save.error, 'name')}>
          <Input
            value={draft.name}
            maxLength={longestName}
            autoComplete="off"
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
        </Field>
        <Field
          label="Provider"
          help="It sets the recipe of the Set-up tab, the words of explanations, and which habits of the IdP are understood."
        >
          <Select
            value={draft.provider}
            onChange={(event) => {
              const next = providers.find((one) => one === event.currentTarget.value);
              if (next) set({ provider: next });
            }}
          >
            {providers.map((one) => (
              <option key={one} value={one}>
                {providerNames[one]}
              </option>
            ))}
          </Select>
        </Field>
        <RadioGroup
          legend="When no seat is left"
          value={draft.seats}
          onChange={(seats) => set({ seats })}
          choices={seatChoices}
        />
        <Field
          label="Invitations of outsiders a day"
          error={problems.outsiders ?? refusedField(save.error, 'policies')}
          help="People whose address is in none of your verified domains are invited. Beyond this number they wait under Review."
        >
          <Input
            inputMode="numeric"
            value={draft.outsiders}
            onChange={(event) => set({ outsiders: event.currentTarget.value })}
            className="max-w-32"
          />
        </Field>
        <RadioGroup
          legend="Teams made by hand"
          value={draft.handmadeTeams}
          onChange={(handmadeTeams) => set({ handmadeTeams })}
          choices={teamChoices}
        />
        <Checkbox
          checked={draft.groupNames === 'shared'}
          onChange={({ currentTarget: { checked } }) =>
            set({ groupNames: checked ? 'shared' : 'unique' })
          }
        >
          Groups may share a name
          <span className="block text-sm text-ink-2">
            A second group of a name is accepted instead of refused, with a team of its own under
            another name; Okta and Entra match groups by name and may then take one for the other.
          </span>
        </Checkbox>
        <div className="flex flex-wrap items-center gap-3">
          <Button
            type="submit"
            variant="primary"
            inactive={!change}
            busy={save.isPending}
            aria-describedby={change ? undefined : reasonId}
          >
            Save
          </Button>
          {!change && (
            <span id={reasonId} className="text-sm text-ink-2">
              Nothing has changed.
            </span>
          )}
        </div>
      </form>
    </Section>
  );
}

function refusedField(error: unknown, name: 'name' | 'policies'): string | undefined {
  const message = fieldError(error, name);
  return message && isSchemaText(error) ? refusedWords[name] : message;
}

const refusedWords = {
  name: `Use at most ${longestName} characters.`,
  policies: 'Enter a whole number from 0 to 10,000.',
} as const;

const providers = ['okta', 'entra', 'generic'] as const;

const seatChoices = [
  {
    value: 'wait',
    label: 'The person waits for one',
    help: 'The IdP hears that it worked; access comes with the seat, in order.',
  },
  {
    value: 'refuse',
    label: 'The request is refused',
    help: 'The IdP shows the error to its administrator.',
  },
] as const;

const teamChoices = [
  {
    value: 'hidden',
    label: 'The IdP does not see them',
    help: 'It knows the groups that it pushed and no others.',
  },
  {
    value: 'offered',
    label: 'The IdP sees them as groups and may adopt them',
    help: 'They appear in its group import. A team that it links follows it from then on; who is in it by hand stays.',
  },
] as const;
