import { Page, PageHeader } from '../../components/page.tsx';

export function HomePage() {
  return (
    <Page title="Home">
      <PageHeader title="Home" />
    </Page>
  );
}
