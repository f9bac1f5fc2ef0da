import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Outlet, useMatchRoute } from '@tanstack/react-router';
import { isNotFound } from '../../api/api-error.ts';
import { organizationQuery } from '../../api/organizations.ts';
import { QueryView } from '../../api/query-view.tsx';
import { formatNumber } from '../../components/format.ts';
import { Page, PageHeader } from '../../components/page.tsx';
import { SkeletonPanel } from '../../components/skeleton.tsx';
import { Tabs, tabPanelId } from '../../components/tabs.tsx';
import { NotFound } from '../../routes/not-found.tsx';
import { useAccount } from '../../shell/account.ts';
import { OrganizationContext } from './context.ts';

const route = getRouteApi('/app/organizations/$id');

const tabs = ['collaborators', 'invitations', 'advanced'] as const;

/** One organization: its collaborators, and what is changed rarely. */
export function OrganizationPage() {
  const account = useAccount();
  const { id } = route.useParams();
  const organization = useQuery(organizationQuery({ accountId: account.id, organizationId: id }));
  const match = useMatchRoute();
  const current = tabs.find((tab) => match({ to: `/app/organizations/$id/${tab}` })) ?? tabs[0];
  if (!organization.data && isNotFound(organization.error)) return <NotFound />;
  const name = organization.data?.name ?? 'Organization';
  return (
    <Page title={`${name} · ${account.name}`}>
      <PageHeader back={<Link to="/app/organizations">Organizations</Link>} title={name} />
      <QueryView
        query={organization}
        failed="The organization could not be loaded"
        skeleton={<SkeletonPanel className="mt-6 h-32" />}
      >
        {(data) => (
          <OrganizationContext value={data}>
            <Tabs
              name="organization"
              label={name}
              current={current}
              items={[
                {
                  id: 'collaborators',
                  label: 'Collaborators',
                  count: formatNumber(data.collaborators),
                  link: { to: '/app/organizations/$id/collaborators', params: { id } },
                },
                {
                  id: 'invitations',
                  label: 'Invitations',
                  link: { to: '/app/organizations/$id/invitations', params: { id } },
                },
                {
                  id: 'advanced',
                  label: 'Advanced',
                  link: { to: '/app/organizations/$id/advanced', params: { id } },
                },
              ]}
            />
            <div
              role="tabpanel"
              id={tabPanelId('organization')}
              aria-labelledby={`organization-${current}`}
            >
              <Outlet />
            </div>
          </OrganizationContext>
        )}
      </QueryView>
    </Page>
  );
}
