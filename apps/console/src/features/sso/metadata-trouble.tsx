import type { SsoConnectionDetail } from '@rollcall/api';
import { Banner } from '../../components/banner.tsx';
import { formatExact } from '../../components/format.ts';

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
            The metadata has not been read since{' '}
            <time dateTime={trouble.since}>{formatExact(trouble.since)}</time>.
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
