import type { ReactNode } from 'react';
import { Tabs, tabPanelId } from '../../components/tabs.tsx';

/** The two halves of one's own pages: what others see, and how one signs in. */
export function ProfileTabs({
  current,
  children,
}: {
  current: 'profile' | 'security';
  children: ReactNode;
}) {
  return (
    <>
      <Tabs
        name="own"
        label="Profile"
        current={current}
        items={[
          { id: 'profile', label: 'Name and addresses', link: { to: '/app/profile' } },
          { id: 'security', label: 'Security', link: { to: '/app/profile/security' } },
        ]}
      />
      <div
        role="tabpanel"
        id={tabPanelId('own')}
        aria-labelledby={`own-${current}`}
        className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-8"
      >
        {children}
      </div>
    </>
  );
}
