import { Page, PageHeader } from '../../components/page.tsx';

export function BillingPage() {
  return (
    <Page title="Plan & billing">
      <PageHeader title="Plan & billing" />
    </Page>
  );
}
