import { Page, PageHeader } from '../../components/page.tsx';

export function SsoPage() {
  return (
    <Page title="SSO">
      <PageHeader title="SSO" />
    </Page>
  );
}
