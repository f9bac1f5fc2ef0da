import { Page, PageHeader } from '../../components/page.tsx';

export function SignInPage() {
  return (
    <Page title="Sign in">
      <PageHeader title="Sign in" />
    </Page>
  );
}
