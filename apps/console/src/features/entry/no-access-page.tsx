import { Button } from '../../components/button.tsx';
import { useSession } from '../../shell/account.ts';
import { useSignOut } from '../../shell/use-sign-out.ts';
import { EntryText } from './entry-form.tsx';

/** Signed in, but no account lets this person in: why that can be, and whom to ask. */
export function NoAccessPage() {
  const { user, productName } = useSession();
  const signOut = useSignOut();
  return (
    <EntryText
      title="There is nothing here for you yet"
      lead={
        <>
          You are signed in as <span className="wrap-anywhere text-ink">{user.email}</span>, but no
          account of {productName} lets you in.
        </>
      }
    >
      <ul className="grid list-disc gap-1.5 pl-5 text-ink-2">
        <li>
          Your company has taken you out of {productName}, or turned you off in its identity
          provider.
        </li>
        <li>You wait for a license: there was none left when you were added.</li>
        <li>You were added under another address.</li>
      </ul>
      <p className="text-ink-2">
        Ask whoever owns {productName} in your company, and name the address above.
      </p>
      <Button size="lg" onClick={() => void signOut()}>
        Sign out
      </Button>
    </EntryText>
  );
}
