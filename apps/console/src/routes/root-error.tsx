import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { describeError } from '../api/api-error.ts';
import { Page, Stack } from '../components/page.tsx';
import { ErrorState } from '../components/states.tsx';

/** A page that could not be opened at all. */
export function RootError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Page title="Error">
      <Stack>
        <ErrorState
          title="The page could not be opened"
          {...describeError(error)}
          onRetry={again}
        />
      </Stack>
    </Page>
  );
}
