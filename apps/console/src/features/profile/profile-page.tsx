import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { QueryView } from '../../api/query-view.tsx';
import { profileQuery } from '../../api/session.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Page, PageHeader, Stack } from '../../components/page.tsx';
import { PlainList, Section } from '../../components/section.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { useAccount } from '../../shell/account.ts';
import { NameForm } from './name-form.tsx';
import { OwnSessions } from './own-sessions.tsx';
import { PassphraseDialog } from './passphrase-dialog.tsx';

/** Own name, addresses, passphrase and sessions. */
export function ProfilePage() {
  const account = useAccount();
  const profile = useQuery(profileQuery());
  const [changing, setChanging] = useState(false);
  return (
    <Page title={`Profile · ${account.name}`}>
      <PageHeader title="Profile" lead="What others see of you, and how you sign in." />
      <Stack>
        <QueryView
          query={profile}
          failed="Your profile could not be loaded"
          skeleton={<SkeletonLines count={5} />}
        >
          {({ name, emails, hasPassphrase }) => (
            <>
              <Section title="Name" className="max-w-120">
                <NameForm name={name} />
              </Section>
              <Section title="E-mail addresses" className="max-w-measure">
                <PlainList
                  items={emails.map(({ address, primary, proved }) => ({
                    key: address,
                    text: (
                      <span className="wrap-anywhere">
                        {address}
                        {primary && <span className="text-ink-3"> primary</span>}
                      </span>
                    ),
                    end: proved ? (
                      <Badge mark="on">Proved</Badge>
                    ) : (
                      <Badge mark="todo">Not proved</Badge>
                    ),
                  }))}
                />
              </Section>
              <Section title="Passphrase" className="max-w-measure">
                <p className="mb-3 text-sm text-ink-2">
                  {hasPassphrase
                    ? 'You sign in with a passphrase, and prove with it that it is you before you change who has access.'
                    : 'You have no passphrase. Set one up to turn SCIM on, or to change who has access.'}
                </p>
                <Button onClick={() => setChanging(true)}>
                  {hasPassphrase ? 'Change passphrase…' : 'Set up a passphrase…'}
                </Button>
              </Section>
            </>
          )}
        </QueryView>
        <OwnSessions />
      </Stack>
      {changing && <PassphraseDialog onClose={() => setChanging(false)} />}
    </Page>
  );
}
