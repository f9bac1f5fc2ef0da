import type { Team } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { describeError } from '../../api/api-error.ts';
import { request } from '../../api/request.ts';
import { teamAccessPreviewQuery, teamOrganizationsQuery } from '../../api/team.ts';
import { Banner } from '../../components/banner.tsx';
import { Checkbox, RadioGroup } from '../../components/choice.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { useAccount } from '../../shell/account.ts';
import { usePersonChange } from '../licenses/use-person-change.ts';
import { sensitiveError } from '../reauthentication/provider.tsx';
import { ImpactView } from './impact-view.tsx';

/** What a team gives, and who decides about its members; says who gains and who loses what before it is done. */
export function TeamAccessDialog({ team, onClose }: { team: Team; onClose: () => void }) {
  const account = useAccount();
  const params = { accountId: account.id, teamId: team.id };
  const [role, setRole] = useState(team.role);
  const [idpDecidesAlone, setAlone] = useState(team.idpDecidesAlone);
  const [organizationIds, setOrganizations] = useState(team.organizations.map(({ id }) => id));
  const body = { role, idpDecidesAlone, organizationIds };
  const same = isSame(team, body);
  const preview = useQuery({ ...teamAccessPreviewQuery(params, body), enabled: !same });
  const change = usePersonChange(
    () => request('changeTeamAccess', { params, body }),
    `Changed what ${team.name} gives.`,
    onClose,
  );
  return (
    <ConfirmDialog
      title={`What ${team.name} gives`}
      confirm={same || !preview.data ? undefined : 'Change access'}
      busy={change.isPending}
      error={sensitiveError(change.error)}
      onConfirm={() => change.mutate()}
      onClose={onClose}
    >
      <RadioGroup
        legend="Role in the organizations"
        value={role}
        onChange={setRole}
        choices={[
          { value: 'member', label: 'Member', help: 'Uses the organizations.' },
          { value: 'admin', label: 'Admin', help: 'Manages them, their collaborators included.' },
        ]}
      />
      <OrganizationChoice params={params} value={organizationIds} onChange={setOrganizations} />
      <Checkbox
        checked={idpDecidesAlone}
        onChange={(event) => setAlone(event.currentTarget.checked)}
      >
        IdP decides alone
        <span className="block text-sm">
          While a group fills this team, nobody is in it by hand.
        </span>
      </Checkbox>
      {!same && (
        <div aria-live="polite">
          {preview.data && <ImpactView impact={preview.data} />}
          {preview.error && <Banner tone="danger" title={describeError(preview.error).detail} />}
          {!preview.data && !preview.error && <SkeletonLines />}
        </div>
      )}
    </ConfirmDialog>
  );
}

type AccessBody = {
  role: Team['role'];
  idpDecidesAlone: boolean;
  organizationIds: readonly string[];
};

function isSame(team: Team, { role, idpDecidesAlone, organizationIds }: AccessBody): boolean {
  const had = new Set(team.organizations.map(({ id }) => id));
  const equal = had.size === organizationIds.length && organizationIds.every((id) => had.has(id));
  return equal && role === team.role && idpDecidesAlone === team.idpDecidesAlone;
}

function OrganizationChoice({
  params,
  value,
  onChange,
}: {
  params: { accountId: string; teamId: string };
  value: readonly string[];
  onChange: (ids: string[]) => void;
}) {
  const { data, error } = useQuery(teamOrganizationsQuery(params));
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium">Org links</legend>
      {error && <Banner tone="danger" title={describeError(error).detail} />}
      {!data && !error && <SkeletonLines />}
      {data?.items.length === 0 && (
        <p className="text-sm">There is no organization yet. Make one under Organizations.</p>
      )}
      <div className="grid max-h-44 gap-2 overflow-y-auto">
        {data?.items.map(({ id, name }) => (
          <Checkbox
            key={id}
            checked={value.includes(id)}
            onChange={(event) =>
              onChange(
                event.currentTarget.checked ? [...value, id] : value.filter((one) => one !== id),
              )
            }
          >
            {name}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}
