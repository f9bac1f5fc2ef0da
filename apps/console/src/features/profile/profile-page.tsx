import { Page, PageHeader } from '../../components/page.tsx';

export function ProfilePage() {
  return (
    <Page title="Profile">
      <PageHeader title="Profile" />
    </Page>
  );
}
