import { Banner } from '../../../components/banner.tsx';
import { Button, ButtonLink } from '../../../components/button.tsx';
import { useNow } from '../../../components/relative-time.tsx';
import { type BannerAction, bannerFor } from '../model/banner.ts';
import { failuresOfDay } from '../model/status.ts';
import { useDirectory } from './context.ts';

/** The worst that is true of the directory, with the way out; nothing when all is well. */
export function DirectoryBanner() {
  const { directory } = useDirectory();
  const banner = bannerFor(directory, useNow());
  if (!banner) return null;
  return (
    <Banner
      tone={banner.tone}
      title={banner.title}
      action={
        banner.actions.length > 0 &&
        banner.actions.map((action) => <BannerButton key={action} action={action} />)
      }
    >
      {banner.detail}
    </Banner>
  );
}

function BannerButton({ action }: { action: BannerAction }) {
  const { directory, open } = useDirectory();
  switch (action) {
    case 'refresh_token':
      return (
        <Button size="sm" onClick={() => open({ kind: 'refresh' })}>
          Refresh Token…
        </Button>
      );
    case 'see_requests':
      return (
        <ButtonLink
          size="sm"
          to="/app/enterprise/scim/$directoryId/requests"
          params={{ directoryId: directory.id }}
          search={failuresOfDay(directory)}
        >
          See requests
        </ButtonLink>
      );
    case 'see_waiting':
      return (
        <ButtonLink
          size="sm"
          to="/app/enterprise/scim/$directoryId/people"
          params={{ directoryId: directory.id }}
          search={{ state: 'waiting_for_seat' }}
        >
          See who
        </ButtonLink>
      );
    case 'billing':
      return (
        <ButtonLink size="sm" to="/app/billing">
          Plan &amp; billing
        </ButtonLink>
      );
    case 'domains':
      return (
        <ButtonLink size="sm" to="/app/enterprise/domains/list">
          Domains
        </ButtonLink>
      );
    case 'sso':
      return (
        <ButtonLink size="sm" to="/app/enterprise/sso/list">
          SSO
        </ButtonLink>
      );
  }
}
