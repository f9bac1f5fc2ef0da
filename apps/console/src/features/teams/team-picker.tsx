import type { Reference } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { teamsQuery } from '../../api/account.ts';
import { describeError } from '../../api/api-error.ts';
import { RadioGroup } from '../../components/choice.tsx';
import { Field, Input } from '../../components/field.tsx';
import { formatCount } from '../../components/format.ts';
import { useAccount } from '../../shell/account.ts';

/** Teams that are shown to choose from. */
const SHOWN = 8;

/** Chooses one of the account's teams, looked for by name. */
export function TeamPicker({
  value,
  without,
  onChange,
}: {
  value: Reference | undefined;
  /** A team that cannot be chosen: the present one. */
  without: string | undefined;
  onChange: (team: Reference) => void;
}) {
  const account = useAccount();
  const [search, setSearch] = useState('');
  const query = search.trim() === '' ? {} : { search: search.trim() };
  const { data, error } = useQuery(teamsQuery(account.id, { ...query, limit: SHOWN + 1 }));
  const teams = (data?.items ?? []).filter(({ id }) => id !== without).slice(0, SHOWN);
  return (
    <div className="grid gap-3">
      <Field label="Look for a team" error={error ? describeError(error).detail : undefined}>
        <Input
          type="search"
          value={search}
          placeholder="Name"
          autoComplete="off"
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </Field>
      {data && teams.length === 0 ? (
        <p className="text-sm">No team is called that. Look for a part of its name.</p>
      ) : (
        <RadioGroup
          legend="Team"
          legendHidden
          value={value?.id ?? ''}
          onChange={(id) => {
            const team = teams.find((one) => one.id === id);
            if (team) onChange({ id, name: team.name });
          }}
          choices={teams.map(({ id, name, members, organizations, source }) => ({
            value: id,
            label: name,
            help: [
              formatCount(members, 'member', 'members'),
              organizations.map((organization) => organization.name).join(', '),
              source === 'manual' ? '' : 'follows another group',
            ]
              .filter(Boolean)
              .join(' · '),
          }))}
        />
      )}
    </div>
  );
}
