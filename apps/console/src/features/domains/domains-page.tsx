import { Page, PageHeader } from '../../components/page.tsx';

export function DomainsPage() {
  return (
    <Page title="Domains">
      <PageHeader title="Domains" />
    </Page>
  );
}
