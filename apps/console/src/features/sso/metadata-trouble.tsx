import type { SsoConnectionDetail } from '@rollcall/api';
import { Banner } from '../../components/banner.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';

/** Why the certificates of an IdP do not follow its metadata now, and what helps. */
export function MetadataTrouble({ saml }: Pick<SsoConnectionDetail, 'saml'>) {
  const trouble = saml?.metadataTrouble;
  if (!trouble) return null;
  return (
    <div role="status">
      <Banner
        tone="warning"
        title={
          <>
            The metadata at its URL cannot be taken over; it failed first{' '}
            <RelativeTime at={trouble.since} />.
          </>
        }
      >
        <p className="wrap-anywhere">{trouble.reason}</p>
        <p className="mt-1">
          People sign in as before, but not once your identity provider signs with a new
          certificate. It is tried again every hour. Correct the Metadata URL below and save it,
          which reads it at once, or add the new certificate by hand.
        </p>
      </Banner>
    </div>
  );
}
