import type { DomainDetail } from '@rollcall/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useId, useState } from 'react';
import { accountKey } from '../../api/account.ts';
import { describeError } from '../../api/api-error.ts';
import { request } from '../../api/request.ts';
import { buttonClass } from '../../components/button-class.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Section } from '../../components/section.tsx';
import { toast } from '../../components/toast.tsx';
import { Toggle } from '../../components/toggle.tsx';
import { useAccount } from '../../shell/account.ts';
import { isVerified, people } from './words.ts';

type Policy = 'capture' | 'lock';

/** What holds for new people of a domain, each with the number of people that it touches. */
export function DomainPolicies({ domain }: { domain: DomainDetail }) {
  const account = useAccount();
  const needsId = useId();
  const [changing, setChanging] = useState<Policy>();
  const verified = isVerified(domain);
  const someUnclaimed = domain.unclaimed.value > 0;
  const toggle = (policy: Policy, label: string) => (
    <Toggle
      on={domain[policy]}
      label={label}
      inactive={!verified}
      {...(!verified && { describedBy: needsId })}
      onToggle={() => setChanging(policy)}
    >
      {domain[policy] ? 'On' : 'Off'}
    </Toggle>
  );
  return (
    <Section title={verified ? 'New people' : 'Once verified'}>
      <Setting title="Domain capture" control={toggle('capture', 'Domain capture')}>
        New sign-ups at {domain.name} join {account.name} while seats are left.
        {verified && someUnclaimed && ` ${ownSignIns(domain)}; they are not moved.`}
      </Setting>
      <Setting title="Domain lock" control={toggle('lock', 'Domain lock')}>
        Nobody uses an address at {domain.name} on their own: only people whom you invite, or your
        identity provider sends, get in.
        {verified && domain.keptOut.value > 0 && ` ${ownAccounts(domain)}.`} Where capture is on
        too, it comes first for new sign-ups while seats are left.
      </Setting>
      <Setting
        title="Unclaimed Accounts"
        control={
          verified && (
            <Link
              to="/app/enterprise/domains/$id/unclaimed"
              params={{ id: domain.id }}
              className={buttonClass({ size: 'sm' })}
            >
              Manage
            </Link>
          )
        }
      >
        People with an address at {domain.name} and a sign-in of their own, who are no members of{' '}
        {account.name}
        {verified ? `: ${people(domain.unclaimed)}.` : '.'}
      </Setting>
      {!verified && (
        <p id={needsId} className="border-t border-line pt-3 text-sm text-ink-3">
          All three need a verified domain.
        </p>
      )}
      {changing && (
        <PolicyDialog domain={domain} policy={changing} onClose={() => setChanging(undefined)} />
      )}
    </Section>
  );
}

/** “23 people of it have a sign-in of their own today”. */
function ownSignIns({ unclaimed }: DomainDetail): string {
  return `${people(unclaimed)} of it ${have(unclaimed)} a sign-in of their own today`;
}

/** “2 people are kept out of accounts of their own”, or would be. */
function ownAccounts({ keptOut, lock }: DomainDetail): string {
  const be = lock ? (isOne(keptOut) ? 'is' : 'are') : 'would be';
  return `${people(keptOut)} ${be} kept out of ${isOne(keptOut) ? 'an account' : 'accounts'} of their own`;
}

function isOne({ value, more }: DomainDetail['people']): boolean {
  return value === 1 && !more;
}

function have(count: DomainDetail['people']): string {
  return isOne(count) ? 'has' : 'have';
}

function Setting({
  title,
  control,
  children,
}: {
  title: string;
  control: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3 gap-y-1 border-t border-line py-4 tablet:gap-x-6">
      <h3 className="text-sm font-strong">{title}</h3>
      {control}
      <p className="col-start-1 max-w-[36rem] text-sm text-ink-2">{children}</p>
    </div>
  );
}

const names: Record<Policy, string> = { capture: 'domain capture', lock: 'domain lock' };

/** Says what turning it on or off does, with real numbers. */
function PolicyDialog({
  domain,
  policy,
  onClose,
}: {
  domain: DomainDetail;
  policy: Policy;
  onClose: () => void;
}) {
  const { id: accountId } = useAccount();
  const client = useQueryClient();
  const on = !domain[policy];
  const act = on ? 'Turn on' : 'Turn off';
  const change = useMutation({
    mutationFn: () =>
      request('updateDomain', {
        params: { accountId, domainId: domain.id },
        body: { [policy]: on },
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: accountKey(accountId) });
      toast(`Turned ${on ? 'on' : 'off'} ${names[policy]} for ${domain.name}.`);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={`${act} ${names[policy]} for ${domain.name}?`}
      confirm={`${act} ${names[policy]}`}
      danger={on && policy === 'lock'}
      busy={change.isPending}
      error={change.error ? describeError(change.error).detail : undefined}
      onConfirm={() => change.mutate()}
      onClose={onClose}
    >
      <p>{consequence(domain, policy, on)}</p>
    </ConfirmDialog>
  );
}

function consequence(domain: DomainDetail, policy: Policy, on: boolean): string {
  if (policy === 'capture') {
    return on
      ? `Whoever signs up with an address at ${domain.name} from now on joins this account and takes a seat. When no seat is left, nobody can sign up with such an address. ${ownSignIns(domain)}, and stay as they are.`
      : 'New sign-ups do not join this account any more. Whoever joined stays.';
  }
  if (on)
    return `Nobody signs up with an address at ${domain.name} on their own any more. ${lockedNow(domain)}`;
  return `People at ${domain.name} can sign up on their own again, and whoever was kept out opens their own account again.`;
}

function lockedNow({ keptOut, name }: DomainDetail): string {
  const whom = 'your members, whom you invited, and people in another company’s account';
  if (keptOut.value === 0)
    return `Nobody at ${name} loses anything today: ${whom} are not touched.`;
  return `${people(keptOut)} with an account of their own, whom you have not invited, ${isOne(keptOut) ? 'is' : 'are'} kept out of it from their next click; it is kept, and opens again once you invite them. Not touched are ${whom}.`;
}
