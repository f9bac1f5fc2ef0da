import { Page, PageHeader } from '../../components/page.tsx';

export function TeamsPage() {
  return (
    <Page title="Teams">
      <PageHeader title="Teams" />
    </Page>
  );
}
