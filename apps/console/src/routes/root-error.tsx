import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { describeError } from '../api/api-error.ts';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { Page, PageHeader, Stack } from '../components/page.tsx';
import { FaultText } from '../components/states.tsx';

const title = 'The page could not be opened';

/** A page that could not be opened at all. */
export function RootError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const { detail, requestId } = describeError(error);
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Page title={title}>
      <PageHeader
        title={title}
        lead={
          <p role="alert">
            <FaultText detail={detail} requestId={requestId} />
          </p>
        }
      />
      <Stack>
        <div>
          <Button onClick={again}>
            <Icon name="refresh" />
            Try again
          </Button>
        </div>
      </Stack>
    </Page>
  );
}
