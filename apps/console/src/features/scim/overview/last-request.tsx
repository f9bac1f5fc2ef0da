import { RelativeTime } from '../../../components/relative-time.tsx';
import { useDirectory } from '../directory/context.ts';
import { idpName } from '../model/provider.ts';
import { RequestLink } from '../parts/links.tsx';

/** What the IdP did last, and when. */
export function LastRequest() {
  const { directory } = useDirectory();
  const last = directory.lastRequest;
  if (!last) {
    return (
      <p className="text-sm text-ink-2">
        {idpName(directory.provider)} has sent nothing yet. The Set-up tab says what to enter where.
      </p>
    );
  }
  return (
    <p className="text-sm text-ink-2 max-tablet:order-3 max-tablet:basis-full">
      {isInVain(last.outcome) && 'Last request: '}
      <RequestLink id={last.id}>{last.sentence.replace(/\.$/, '')}</RequestLink>,{' '}
      <RelativeTime at={last.at} />
    </p>
  );
}

/** A refusal beside the word for the whole directory's state reads like its reason, unless it is told apart. */
function isInVain(outcome: string): boolean {
  return outcome === 'refused' || outcome === 'failed';
}
