import type { SsoConnectionDetail, SsoTest } from '@rollcall/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { accountKey } from '../../api/account.ts';
import { isNotFound } from '../../api/api-error.ts';
import { QueryView } from '../../api/query-view.tsx';
import { request } from '../../api/request.ts';
import { ssoConnectionQuery } from '../../api/sso.ts';
import { Badge } from '../../components/badge.tsx';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { CopyValue } from '../../components/copy-field.tsx';
import { Page, PageHeader, Stack } from '../../components/page.tsx';
import { Properties, Section, ValueList } from '../../components/section.tsx';
import { SkeletonPanel } from '../../components/skeleton.tsx';
import { NotFound } from '../../routes/not-found.tsx';
import { useAccount } from '../../shell/account.ts';
import { sensitiveError, useSensitive } from '../reauthentication/provider.tsx';
import { Attempts } from './attempts.tsx';
import { Certificates } from './certificates.tsx';
import { Enforcement } from './enforcement.tsx';
import { Exchange } from './exchange.tsx';
import { MetadataTrouble } from './metadata-trouble.tsx';
import { Options } from './options.tsx';
import { RecipeSection } from './recipe-section.tsx';
import { beginTest } from './use-connection-change.ts';
import { protocols, states } from './words.ts';

const route = getRouteApi('/app/enterprise/sso/$id');

/** While metadata cannot be read, somebody may be mending it at the IdP: milliseconds between looks. */
const inTrouble = 30_000;

/** One SSO connection: the two halves of the trust, its test, and who signs in through it. */
export function ConnectionPage() {
  const account = useAccount();
  const { id } = route.useParams();
  const { test } = route.useSearch();
  const connection = useQuery({
    ...ssoConnectionQuery(account.id, id),
    refetchOnWindowFocus: 'always',
    refetchInterval: ({ state }) => Boolean(state.data?.saml?.metadataTrouble) && inTrouble,
  });
  if (!connection.data && isNotFound(connection.error)) return <NotFound />;
  const name = connection.data?.name ?? 'SSO connection';
  return (
    <Page title={`${name} · ${account.name}`}>
      <PageHeader
        back={<Link to="/app/enterprise/sso/list">SSO</Link>}
        title={name}
        badge={connection.data && <State connection={connection.data} />}
        lead={connection.data && leadOf(connection.data)}
        actions={connection.data && <Actions connection={connection.data} />}
      />
      <Stack>
        <QueryView
          query={connection}
          failed="The connection could not be loaded"
          skeleton={<SkeletonPanel className="h-80" />}
        >
          {(data) => (
            <>
              {test && data.lastTest && <TestResult connection={data} test={data.lastTest} />}
              <MetadataTrouble saml={data.saml} />
              <Exchange connection={data} />
              <RecipeSection connection={data} />
              <SignOutAddresses connection={data} />
              <Certificates connection={data} />
              <Enforcement connection={data} />
              <Options connection={data} />
              <Attempts attempts={data.attempts} />
            </>
          )}
        </QueryView>
      </Stack>
    </Page>
  );
}

/** Optional at the IdP: that signing out there ends sessions here. */
function SignOutAddresses({
  connection: { saml, oidc, ours },
}: {
  connection: SsoConnectionDetail;
}) {
  if (saml === null && oidc === null) return null;
  const addresses = [
    ...(saml ? [{ name: 'Single Logout URL', address: ours.logoutUrl }] : []),
    { name: 'Universal Logout endpoint', address: ours.universalLogoutUrl },
  ];
  return (
    <Section title="Signing out" note="Optional: sessions here end when they end at your IdP.">
      <ValueList
        values={addresses.map(({ name, address }) => ({
          name,
          value: <CopyValue value={address} name={name} wrap />,
        }))}
      />
    </Section>
  );
}

function State({ connection: { state } }: { connection: SsoConnectionDetail }) {
  return (
    <Badge mark={states[state].mark} tinted>
      {states[state].word}
    </Badge>
  );
}

function leadOf({ protocol, domains, state }: SsoConnectionDetail): string {
  const people = `${protocols[protocol]} for the people of ${domains.join(', ') || 'no domain'}.`;
  if (state === 'draft') return `${people} It has yet to pass a test sign-in.`;
  if (state === 'enforced') return `${people} It is their only way in.`;
  return `${people} They can use it; passphrases work too.`;
}

function Actions({ connection }: { connection: SsoConnectionDetail }) {
  const [removing, setRemoving] = useState(false);
  return (
    <>
      {(connection.saml ?? connection.oidc) && (
        <Button onClick={() => beginTest(connection.id)}>Test sign-in</Button>
      )}
      <Button onClick={() => setRemoving(true)}>Remove connection…</Button>
      {removing && <Removal connection={connection} onClose={() => setRemoving(false)} />}
    </>
  );
}

function Removal({
  connection,
  onClose,
}: {
  connection: SsoConnectionDetail;
  onClose: () => void;
}) {
  const { id: accountId } = useAccount();
  const client = useQueryClient();
  const navigate = useNavigate();
  const sensitive = useSensitive();
  const removal = useMutation({
    mutationFn: () =>
      sensitive(() =>
        request('deleteSsoConnection', { params: { accountId, connectionId: connection.id } }),
      ),
    onSuccess: () => {
      void navigate({ to: '/app/enterprise/sso/list' });
      void client.invalidateQueries({ queryKey: accountKey(accountId) });
    },
  });
  return (
    <ConfirmDialog
      title={`Remove ${connection.name}?`}
      confirm="Remove connection"
      busy={removal.isPending}
      error={sensitiveError(removal.error)}
      onConfirm={() => removal.mutate()}
      onClose={onClose}
    >
      <p>
        Nobody signs in through it any more, and sessions that it opened lose this account.
        {connection.state === 'enforced' && ' Stop enforcing it first.'}
      </p>
    </ConfirmDialog>
  );
}

/** What the IdP said in the test that has just come back. */
function TestResult({ connection, test }: { connection: SsoConnectionDetail; test: SsoTest }) {
  const passed = test.outcome === 'accepted';
  return (
    <div role="status">
      <Banner
        tone={passed ? 'info' : 'danger'}
        title={
          passed
            ? `Your ${protocols[connection.protocol]} connection has been successfully updated.`
            : 'The test sign-in was refused.'
        }
      >
        {passed ? whoWas(test, connection) : test.detail}
        {test.attributes.length > 0 && (
          <Properties
            values={[
              {
                name: connection.protocol === 'saml' ? 'Name ID' : 'Subject',
                value: test.subject ?? '',
              },
              ...test.attributes.map(({ name, values }) => ({ name, value: values.join(', ') })),
            ]}
          />
        )}
      </Banner>
    </div>
  );
}

function whoWas({ person, subject, attributes }: SsoTest, { jit }: SsoConnectionDetail): string {
  // Okta's name for it, or Entra's, which is an address whose last part it is.
  const said = attributes.find(({ name }) => /(^|\/)email(address)?$/i.test(name));
  const who = said?.values[0] ?? subject;
  if (person) return `${who} is ${person.name} here.`;
  return jit
    ? `${who} is nobody here yet, and would join by signing in.`
    : `${who} is nobody here yet: SCIM or an invitation has to come first.`;
}
