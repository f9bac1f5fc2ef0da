import type { SsoConnectionDetail } from '@rollcall/api';
import { useState } from 'react';
import { request } from '../../api/request.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { formatDate } from '../../components/format.ts';
import { PlainList, Section } from '../../components/section.tsx';
import { Toggle } from '../../components/toggle.tsx';
import { useAccount, useSession } from '../../shell/account.ts';
import { sensitiveError } from '../reauthentication/provider.tsx';
import { beginTest, useConnectionChange } from './use-connection-change.ts';
import { hasComeThrough } from './words.ts';

/** Whether it is the only way in for the people of its domains. */
export function Enforcement({ connection }: { connection: SsoConnectionDetail }) {
  const { id: accountId } = useAccount();
  const [asking, setAsking] = useState(false);
  const { user } = useSession();
  const { name, state, domains, people, breakGlass } = connection;
  const isOneOfThem = domains.some((domain) => user.email.toLowerCase().endsWith(`@${domain}`));
  const enforced = state === 'enforced';
  const untried = !enforced && isOneOfThem && !hasComeThrough(connection, user.id);
  const change = useConnectionChange(
    (next: boolean) =>
      request('enforceSsoConnection', {
        params: { accountId, connectionId: connection.id },
        body: { enforced: next },
      }),
    (now) => (now.state === 'enforced' ? 'SSO is enforced.' : 'SSO is not enforced any more.'),
  );
  const names = domains.join(', ');
  return (
    <Section title="Enforce for these domains" className="max-w-measure">
      <Toggle
        on={enforced}
        label={`Enforce SSO for ${names}`}
        inactive={state === 'draft'}
        onToggle={() => setAsking(true)}
      >
        {enforced ? 'On' : 'Off'}
      </Toggle>
      <p className="mt-2 text-sm text-ink-2">
        {state === 'draft'
          ? 'Pass a test sign-in first: otherwise a mistake here would keep everybody out.'
          : enforced
            ? `People of ${names} sign in through it and in no other way.`
            : `People of ${names} may also use a passphrase.`}
      </p>
      <p className="mt-2 text-sm text-ink-2">
        If your IdP is down, the operator lets an owner in for some hours with{' '}
        <code>rollcall break-glass</code>. It is written into the audit log.
      </p>
      {breakGlass.length > 0 && (
        <div className="mt-3">
          <PlainList
            items={breakGlass.map(({ name: owner, until }) => ({
              key: owner,
              text: `${owner} can sign in without SSO`,
              end: `until ${formatDate(until)}`,
            }))}
          />
        </div>
      )}
      {asking && (
        <ConfirmDialog
          title={enforced ? 'Stop enforcing SSO?' : `Enforce SSO for ${names}?`}
          confirm={untried ? 'Test sign-in' : enforced ? 'Stop enforcing' : 'Enforce SSO'}
          busy={change.isPending}
          error={sensitiveError(change.error)}
          onConfirm={() =>
            untried
              ? beginTest(connection.id)
              : change.mutate(!enforced, { onSuccess: () => setAsking(false) })
          }
          onClose={() => setAsking(false)}
        >
          <p>
            {enforced
              ? 'Passphrases and passkeys of these people work again.'
              : `${people} ${people === 1 ? 'person has' : 'people have'} an address in ${names}. Their passphrases and passkeys open this account no more, and sessions without SSO lose it at once.`}
          </p>
          {!enforced && isOneOfThem && (
            <p className="font-medium">
              {untried
                ? `You are one of them, and have not come through ${name} yet: test it as yourself first, so that you do not lock yourself out.`
                : `You are one of them: from then on you get in through ${name} alone.`}
            </p>
          )}
        </ConfirmDialog>
      )}
    </Section>
  );
}
