import { Page, PageHeader } from '../../components/page.tsx';

export function NoAccessPage() {
  return (
    <Page title="No access">
      <PageHeader title="No access" />
    </Page>
  );
}
