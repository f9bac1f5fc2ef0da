import type { NoAccessReason } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { QueryView } from '../../api/query-view.tsx';
import { noAccessQuery } from '../../api/session.ts';
import { Button } from '../../components/button.tsx';
import { buttonClass } from '../../components/button-class.ts';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { useSession } from '../../shell/account.ts';
import { useSignOut } from '../../shell/use-sign-out.ts';
import { EntryText } from './entry-form.tsx';
import { noAccessWords } from './no-access-words.ts';

/** Signed in, but no account lets this person in: which reason holds, and what to do. */
export function NoAccessPage() {
  const { user, productName } = useSession();
  const reasons = useQuery(noAccessQuery());
  const signOut = useSignOut();
  return (
    <EntryText
      title="No account lets you in"
      lead={
        <>
          You are signed in to {productName} as{' '}
          <span className="wrap-anywhere text-ink">{user.email}</span>.
        </>
      }
    >
      <QueryView
        query={reasons}
        failed="The reason could not be loaded"
        skeleton={<SkeletonLines count={3} />}
      >
        {(data) => (
          <ul className="grid w-full border-b border-line">
            {data.reasons.map((reason) => (
              <Reason key={`${reason.reason} ${reason.account ?? reason.domain}`} reason={reason} />
            ))}
          </ul>
        )}
      </QueryView>
      <Button size="lg" onClick={() => void signOut()}>
        Sign out
      </Button>
    </EntryText>
  );
}

function Reason({ reason }: { reason: NoAccessReason }) {
  const { productName } = useSession();
  const { what, next } = noAccessWords(reason, productName);
  return (
    <li className="grid justify-items-start gap-1.5 border-t border-line py-4">
      <h2 className="font-strong wrap-anywhere">{what}</h2>
      <p className="text-ink-2">{next}</p>
      {reason.location && (
        <a href={reason.location} className={buttonClass({ size: 'sm' })}>
          Use your company’s sign-in
        </a>
      )}
    </li>
  );
}
