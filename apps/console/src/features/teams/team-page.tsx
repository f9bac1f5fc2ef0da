import { Page, PageHeader } from '../../components/page.tsx';

export function TeamPage() {
  return (
    <Page title="Team">
      <PageHeader title="Team" />
    </Page>
  );
}
