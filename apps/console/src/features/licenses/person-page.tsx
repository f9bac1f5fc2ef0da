import { Page, PageHeader } from '../../components/page.tsx';

export function PersonPage() {
  return (
    <Page title="Person">
      <PageHeader title="Person" />
    </Page>
  );
}
