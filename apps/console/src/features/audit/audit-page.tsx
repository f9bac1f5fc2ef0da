import { Page, PageHeader } from '../../components/page.tsx';

export function AuditPage() {
  return (
    <Page title="Audit">
      <PageHeader title="Audit" />
    </Page>
  );
}
