import { Page, PageHeader } from '../../components/page.tsx';

export function PassphrasePage() {
  return (
    <Page title="Passphrase">
      <PageHeader title="Passphrase" />
    </Page>
  );
}
