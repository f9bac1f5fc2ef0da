import { ButtonLink } from '../components/button.tsx';
import { Page, PageHeader, Stack } from '../components/page.tsx';

/** An address that leads nowhere. */
export function NotFound() {
  return (
    <Page title="Not found">
      <PageHeader
        title="There is no such page"
        lead="The link may be old, or what it led to was deleted."
      />
      <Stack>
        <div>
          <ButtonLink to="/app/home">Go to Home</ButtonLink>
        </div>
      </Stack>
    </Page>
  );
}
