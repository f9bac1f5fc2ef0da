import type { Factors } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { QueryView } from '../../api/query-view.tsx';
import { factorsQuery } from '../../api/session.ts';
import { Button } from '../../components/button.tsx';
import { formatCount } from '../../components/format.ts';
import { Page, PageHeader } from '../../components/page.tsx';
import { ExactDate } from '../../components/relative-time.tsx';
import { Section } from '../../components/section.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { useAccount } from '../../shell/account.ts';
import { FirstFactor } from './first-factor.tsx';
import { OwnSessions } from './own-sessions.tsx';
import { Passkeys } from './passkeys.tsx';
import { PassphraseDialog } from './passphrase-dialog.tsx';
import { ProfileTabs } from './profile-tabs.tsx';
import { RecoveryCodesDialog } from './recovery-codes-dialog.tsx';
import { RemoveTotpDialog } from './remove-totp-dialog.tsx';
import { TotpDialog } from './totp-dialog.tsx';

type Open = 'passphrase' | 'totp' | 'remove-totp' | 'recovery-codes' | undefined;

/** How one signs in, and proves that it is oneself before something sensitive. */
export function SecurityPage() {
  const account = useAccount();
  const factors = useQuery(factorsQuery());
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  return (
    <Page title={`Security · ${account.name}`}>
      <PageHeader
        title="Profile"
        lead="One of these proves that it is you before you change who has access."
      />
      <ProfileTabs current="security">
        <QueryView
          query={factors}
          failed="Your ways to prove who you are could not be loaded"
          skeleton={<SkeletonLines count={8} />}
        >
          {(data) =>
            hasFactor(data) ? (
              <>
                <Passphrase has={data.passphrase} onChange={() => setOpen('passphrase')} />
                <Passkeys passkeys={data.passkeys} />
                <AuthenticatorApp factors={data} onOpen={setOpen} />
                {hasSecondFactor(data) && <RecoveryCodes factors={data} onOpen={setOpen} />}
              </>
            ) : (
              <FirstFactor />
            )
          }
        </QueryView>
        <OwnSessions />
      </ProfileTabs>
      {open === 'passphrase' && <PassphraseDialog onClose={close} />}
      {open === 'totp' && <TotpDialog onClose={close} />}
      {open === 'remove-totp' && <RemoveTotpDialog onClose={close} />}
      {open === 'recovery-codes' && <RecoveryCodesDialog onClose={close} />}
    </Page>
  );
}

function hasFactor({ passphrase, totpSince, passkeys }: Factors): boolean {
  return passphrase || totpSince !== null || passkeys.length > 0;
}

function hasSecondFactor({ totpSince, passkeys }: Factors): boolean {
  return totpSince !== null || passkeys.length > 0;
}

function Passphrase({ has, onChange }: { has: boolean; onChange: () => void }) {
  return (
    <Section title="Passphrase" className="max-w-measure">
      <p className="mb-3 text-sm text-ink-2">
        {has
          ? 'You can sign in with a passphrase, unless your company has you sign in through its own.'
          : 'You have no passphrase. Set one up, or a passkey, to turn SCIM on or to change who has access.'}
      </p>
      <Button onClick={onChange}>{has ? 'Change passphrase…' : 'Set up a passphrase…'}</Button>
    </Section>
  );
}

function AuthenticatorApp({
  factors: { totpSince },
  onOpen,
}: {
  factors: Factors;
  onOpen: (open: Open) => void;
}) {
  return (
    <Section title="Authenticator app" className="max-w-measure">
      {totpSince === null ? (
        <>
          <p className="mb-3 text-sm text-ink-2">
            An app on your phone shows a new code every half minute. You are asked for one when you
            sign in with your passphrase.
          </p>
          <Button onClick={() => onOpen('totp')}>Set up an app…</Button>
        </>
      ) : (
        <>
          <p className="mb-3 text-sm text-ink-2">
            Set up on <ExactDate at={totpSince} />. You are asked for a code of it when you sign in
            with your passphrase.
          </p>
          <Button onClick={() => onOpen('remove-totp')}>Remove the app…</Button>
        </>
      )}
    </Section>
  );
}

/** What stands in for an app or a passkey that is not at hand. */
function RecoveryCodes({
  factors: { recoveryCodesLeft },
  onOpen,
}: {
  factors: Factors;
  onOpen: (open: Open) => void;
}) {
  const none = recoveryCodesLeft === 0;
  return (
    <Section title="Recovery codes" className="max-w-measure">
      <p className="mb-3 text-sm text-ink-2">
        {formatCount(recoveryCodesLeft, 'recovery code is', 'recovery codes are')} left for when
        your phone or passkey is not at hand.
        {none && ' Make some and store them: without one you may be locked out.'}
      </p>
      <Button onClick={() => onOpen('recovery-codes')}>
        {none ? 'Make recovery codes…' : 'New recovery codes…'}
      </Button>
    </Section>
  );
}
