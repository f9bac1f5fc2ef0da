import type { InviteRule } from '@rollcall/api';
import { useState } from 'react';
import { request } from '../../api/request.ts';
import { type Choice, RadioGroup } from '../../components/choice.tsx';
import { Field, Input } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useAccount } from '../../shell/account.ts';
import { useInvitationChange } from './use-invitation-change.ts';
import { readDomains, ruleNames } from './words.ts';

/** Whose rule it is; without an organization it is the account's. */
export type RuleOf = {
  readonly name: string;
  readonly organizationId: string | null;
  readonly rule: InviteRule | null;
};

type Chosen = InviteRule['rule'] | 'inherit';

const choices: readonly Choice<Chosen>[] = [
  { value: 'all', label: ruleNames.all },
  {
    value: 'verified',
    label: ruleNames.verified,
    help: 'Addresses in the domains that you verified.',
  },
  { value: 'custom', label: ruleNames.custom },
];

const inherit: Choice<Chosen> = { value: 'inherit', label: 'As the account' };

/** Sets whom the account, or one organization, may invite. */
export function RuleDialog({ of, onClose }: { of: RuleOf; onClose: () => void }) {
  const { id: accountId } = useAccount();
  const { organizationId, name } = of;
  const [rule, setRule] = useState<Chosen>(of.rule?.rule ?? 'inherit');
  const [domains, setDomains] = useState(of.rule?.domains.join(', ') ?? '');
  const change = useInvitationChange(
    () =>
      request('setInviteRule', {
        params: { accountId },
        body: {
          organizationId,
          rule:
            rule === 'inherit'
              ? null
              : { rule, domains: rule === 'custom' ? readDomains(domains) : [] },
        },
      }),
    () => `Changed whom ${name} may invite.`,
    onClose,
  );
  return (
    <FormDialog
      title={`Whom may ${name} invite?`}
      submit="Save"
      busy={change.busy}
      error={rule === 'custom' ? undefined : change.error}
      onSubmit={() => change.submit(undefined)}
      onClose={onClose}
    >
      <RadioGroup
        legend="People at"
        choices={organizationId === null ? choices : [inherit, ...choices]}
        value={rule}
        onChange={setRule}
      />
      {rule === 'custom' && (
        <Field label="Domains" help="With commas between." error={change.error}>
          <Input
            autoComplete="off"
            spellCheck={false}
            placeholder="example.com, partner.example"
            value={domains}
            onChange={(event) => setDomains(event.currentTarget.value)}
          />
        </Field>
      )}
      <p className="text-sm text-ink-2">Invitations that are out stay as they are.</p>
    </FormDialog>
  );
}
