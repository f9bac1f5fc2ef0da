import { Page, PageHeader } from '../../components/page.tsx';

export function SetupPage() {
  return (
    <Page title="Set up">
      <PageHeader title="Set up" />
    </Page>
  );
}
