import { Page, PageHeader } from '../../components/page.tsx';

export function LicensesPage() {
  return (
    <Page title="Licenses">
      <PageHeader title="Licenses" />
    </Page>
  );
}
