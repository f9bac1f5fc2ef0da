import { ButtonLink } from '../../components/button.tsx';
import { Page, PageHeader, Stack } from '../../components/page.tsx';
import { roleNames, useAccount } from '../../shell/account.ts';

/** A page of one's own account that one's role does not open: which role does, and whom to ask. */
export function Forbidden({ needed }: { needed: string }) {
  const { name, role, ownerName } = useAccount();
  return (
    <Page title={`No permission · ${name}`}>
      <PageHeader
        title="You have no permission for this page"
        lead={`It is for ${needed} of ${name}. Your role is ${roleNames[role]}. Ask ${ownerName}, the owner of ${name}, to change it, or to do it for you.`}
      />
      <Stack>
        <div>
          <ButtonLink to="/app/home">Go to Home</ButtonLink>
        </div>
      </Stack>
    </Page>
  );
}
