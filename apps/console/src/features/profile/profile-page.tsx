import { useQuery } from '@tanstack/react-query';
import { QueryView } from '../../api/query-view.tsx';
import { profileQuery } from '../../api/session.ts';
import { Badge } from '../../components/badge.tsx';
import { Page, PageHeader } from '../../components/page.tsx';
import { PlainList, Section } from '../../components/section.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { useAccount } from '../../shell/account.ts';
import { NameForm } from './name-form.tsx';
import { ProfileTabs } from './profile-tabs.tsx';

/** Own name and addresses. */
export function ProfilePage() {
  const account = useAccount();
  const profile = useQuery(profileQuery());
  return (
    <Page title={`Profile · ${account.name}`}>
      <PageHeader title="Profile" lead="What others see of you, and how you sign in." />
      <ProfileTabs current="profile">
        <QueryView
          query={profile}
          failed="Your profile could not be loaded"
          skeleton={<SkeletonLines count={5} />}
        >
          {({ name, emails }) => (
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
            </>
          )}
        </QueryView>
      </ProfileTabs>
    </Page>
  );
}
