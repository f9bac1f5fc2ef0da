import { useState } from 'react';
import { Badge, Tag } from '../components/badge.tsx';
import { Banner } from '../components/banner.tsx';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { Menu, MenuChoice, MenuItem, MenuRule } from '../components/menu.tsx';
import { Page, PageHeader } from '../components/page.tsx';
import { SkeletonLines, SkeletonPanel } from '../components/skeleton.tsx';
import { EmptyState, ErrorState } from '../components/states.tsx';
import { type Mark, StatusMark } from '../components/status-mark.tsx';
import { toast } from '../components/toast.tsx';
import { Controls } from './controls.tsx';
import { Dialogs } from './dialogs.tsx';
import { Larger } from './larger.tsx';
import { Row, Sheet } from './sheet.tsx';

/** Every component in every state, with invented data; a page for development that is not built. */
export function Gallery() {
  return (
    <Page title="Components">
      <PageHeader
        title="Components and their states"
        lead="Not a page of the console: its parts, in the states that they can have."
      />
      <div className="mt-6 grid grid-cols-[minmax(0,1fr)] gap-x-6 tablet:grid-cols-[8rem_minmax(0,1fr)]">
        <Controls />
        <Badges />
        <Marks />
        <Banners />
        <States />
        <Menus />
        <Larger />
        <Dialogs />
      </div>
    </Page>
  );
}

function Badges() {
  return (
    <Sheet title="Badge">
      <Row>
        <Badge mark="on">Active</Badge>
        <Badge mark="waiting">Invited</Badge>
        <Badge mark="todo">Not there yet</Badge>
        <Badge mark="off">Inactive</Badge>
        <Badge mark="held">Held by the guard</Badge>
        <Badge mark="danger">Conflict</Badge>
        <Tag>SCIM</Tag>
        <Tag>Manual</Tag>
      </Row>
      <Row>
        <Badge mark="changed">Changed</Badge>
        <Badge mark="unchanged">Unchanged</Badge>
        <Badge mark="refused">Refused</Badge>
        <Badge mark="failed">Failed</Badge>
      </Row>
      <Row>
        <Badge tinted mark="ok">
          Verified
        </Badge>
        <Badge tinted mark="warning">
          Expires in 12 days
        </Badge>
        <Badge tinted mark="danger">
          Expired
        </Badge>
        <Badge tinted mark="info">
          Dry run
        </Badge>
        <Badge tinted mark="off">
          Draft
        </Badge>
        <Badge size="head" mark="ok">
          Healthy
        </Badge>
      </Row>
    </Sheet>
  );
}

const marks: readonly Mark[] = [
  'ok',
  'warning',
  'danger',
  'info',
  'held',
  'waiting',
  'todo',
  'off',
  'on',
  'changed',
  'unchanged',
  'refused',
  'failed',
];

function Marks() {
  return (
    <Sheet title="Mark">
      <Row>
        {marks.map((mark) => (
          <span key={mark} className="inline-flex items-center gap-1.5 text-sm">
            <StatusMark mark={mark} />
            <StatusMark mark={mark} size="md" />
            <StatusMark mark={mark} size="lg" />
            {mark}
          </span>
        ))}
      </Row>
    </Sheet>
  );
}

function Banners() {
  return (
    <Sheet title="Banner">
      <Banner
        tone="warning"
        title="The connector token expires in 12 days (6 Dec 2026)."
        action={<Button size="sm">Refresh Token</Button>}
      >
        After that new people are not provisioned and people who leave keep their access.
      </Banner>
      <Banner
        tone="danger"
        title="Provisioning has stopped: the token expired on 6 Dec 2026."
        action={<Button size="sm">Refresh Token</Button>}
      >
        14 requests were refused since.
      </Banner>
      <Banner
        tone="info"
        title="Dry run: nothing that Okta sends changes access."
        action={<Button size="sm">Review what would change</Button>}
      />
    </Sheet>
  );
}

function States() {
  return (
    <>
      <Sheet title="Empty">
        <EmptyState
          title="No request has arrived yet"
          action={<Button size="sm">Open Set-up</Button>}
        >
          The first thing that Okta sends is a list of users, when you press Test Connector
          Configuration.
        </EmptyState>
      </Sheet>
      <Sheet title="Error">
        <ErrorState
          title="The requests could not be loaded"
          detail="The server did not answer within 10 seconds."
          requestId="req_01a405721e5c"
          onRetry={() => undefined}
        />
      </Sheet>
      <Sheet title="Skeleton">
        <SkeletonLines />
        <SkeletonPanel />
      </Sheet>
      <Sheet title="Toast">
        <Row>
          <Button onClick={() => toast('Removed 3 users, freed 3 seats.', () => undefined)}>
            Show a toast
          </Button>
        </Row>
      </Sheet>
    </>
  );
}

function Menus() {
  const [theme, setTheme] = useState<'light' | 'dark'>('light');
  return (
    <Sheet title="Menu">
      <Row>
        <Menu
          align="start"
          trigger={
            <Button>
              Actions
              <Icon name="down" />
            </Button>
          }
        >
          <MenuItem>Open person</MenuItem>
          <MenuItem>Copy externalId</MenuItem>
          <MenuRule />
          <MenuChoice
            label="Theme"
            value={theme}
            onChange={setTheme}
            options={[
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
            ]}
          />
          <MenuRule />
          <MenuItem danger>Remove user…</MenuItem>
        </Menu>
      </Row>
    </Sheet>
  );
}
