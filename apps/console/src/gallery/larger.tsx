import { useState } from 'react';
import { Badge, Tag } from '../components/badge.tsx';
import { BarChart, ChartLegend, type Series } from '../components/bar-chart.tsx';
import { Button } from '../components/button.tsx';
import { Checklist, Fold } from '../components/checklist.tsx';
import { CopyValue } from '../components/copy-field.tsx';
import { FactStrip, Panel, PanelHead, PanelText } from '../components/panel.tsx';
import { RelativeTime } from '../components/relative-time.tsx';
import { SeatBar } from '../components/seat-bar.tsx';
import { ValueList } from '../components/section.tsx';
import { CellNote, type Column, rowLinkClass, type Sort, Table } from '../components/table.tsx';
import { Tabs, tabPanelId } from '../components/tabs.tsx';
import { FilterSelect, SearchField, Toolbar } from '../components/toolbar.tsx';
import { Sheet } from './sheet.tsx';

/** The components that are made of others. */
export function Larger() {
  return (
    <>
      <Panels />
      <Tables />
      <TabRow />
      <Charts />
    </>
  );
}

function Panels() {
  return (
    <Sheet title="Panel">
      <Panel label="Status">
        <PanelHead end={<Button size="sm">Refresh Token</Button>}>
          <Badge size="head" mark="ok">
            Healthy
          </Badge>
          <p className="text-sm text-ink-2">Okta updated Grace Sample 2 minutes ago.</p>
        </PanelHead>
        <FactStrip
          facts={[
            { label: 'Token valid until', value: '24 Nov 2027', detail: '267 days · ends in k2Lm' },
            { label: 'Last request', value: '2 min ago', detail: 'Today 09:36:12' },
            { label: 'People', value: '298', detail: '6 more this week' },
            { label: 'Groups', value: '14', detail: '14 linked teams' },
            { label: 'Failures in 24 h', value: '0', detail: 'of 309 requests' },
          ]}
        />
      </Panel>
      <Panel label="Set-up">
        <PanelHead end="3 of 4 done">
          <h3 className="font-strong">Get Insomnia ready for your company</h3>
        </PanelHead>
        <PanelText>Your IdP will be the source of truth for the people that it sends.</PanelText>
        <Checklist
          label="Set-up"
          inset
          items={[
            { id: 'plan', name: 'Plan', state: 'met', text: 'Enterprise, 350 seats' },
            { id: 'sso', name: 'SSO', state: 'waiting', text: 'Waiting for the test sign-in' },
            { id: 'domain', name: 'Domain', state: 'wrong', text: 'The record has another value' },
            {
              id: 'scim',
              name: 'SCIM',
              state: 'todo',
              text: 'Let Okta add and remove people',
              action: (
                <Button size="sm" variant="primary">
                  Turn on SCIM
                </Button>
              ),
            },
          ]}
        />
      </Panel>
      <Fold title="Requirements" end="4 of 4 met">
        Opened.
      </Fold>
      <ValueList
        values={[
          {
            name: 'SCIM connector base URL',
            value: (
              <CopyValue
                wrap
                name="connector URL"
                value="https://insomnia.example.com/scim/01a20ce4-f020-7d08-9f42-6b1e5c0a88d3/v2"
              />
            ),
          },
          { name: 'Authentication Mode', value: 'HTTP Header' },
        ]}
      />
    </Sheet>
  );
}

type Person = { id: string; name: string; email: string; state: 'on' | 'waiting'; at: string };

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

const people: readonly Person[] = [
  { id: '1', name: 'Mara Sample', email: 'mara@example.com', state: 'on', at: minutesAgo(2) },
  { id: '2', name: 'Grace Sample', email: 'grace@example.com', state: 'on', at: minutesAgo(90) },
  {
    id: '3',
    name: 'Kit Partner',
    email: 'kit@example.net',
    state: 'waiting',
    at: minutesAgo(3000),
  },
];

const columns: readonly Column<Person>[] = [
  {
    id: 'name',
    header: 'Name',
    place: 'main',
    sortable: true,
    cell: (row) => (
      <>
        <a href="#main" className={rowLinkClass}>
          {row.name}
        </a>
        <CellNote>{row.email}</CellNote>
      </>
    ),
  },
  { id: 'source', header: 'Source', place: 'meta', cell: () => <Tag>SCIM</Tag> },
  {
    id: 'state',
    header: 'State',
    place: 'end',
    cell: (row) => <Badge mark={row.state}>{row.state === 'on' ? 'Active' : 'Invited'}</Badge>,
  },
  { id: 'teams', header: 'Teams', place: 'extra', cell: () => 'Ground operations' },
  {
    id: 'active',
    header: 'Last Active',
    place: 'meta',
    numeric: true,
    sortable: true,
    cell: (row) => <RelativeTime at={row.at} className="text-ink-2" />,
  },
];

function Tables() {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['2']));
  const [sort, setSort] = useState<Sort>({ by: 'active', direction: 'descending' });
  const [search, setSearch] = useState('');
  const [state, setState] = useState<'on' | 'waiting' | undefined>('on');
  return (
    <Sheet title="Table">
      <div>
        <Toolbar end={<Button size="sm">Export</Button>}>
          <SearchField
            label="Search people"
            placeholder="Name or e-mail"
            value={search}
            onSearch={setSearch}
          />
          <FilterSelect
            label="State"
            value={state}
            onChange={setState}
            options={[
              { value: 'on', label: 'Active' },
              { value: 'waiting', label: 'Invited' },
            ]}
          />
          <FilterSelect label="Team" value={undefined} onChange={() => undefined} options={[]} />
        </Toolbar>
        <Table
          caption="People"
          columns={columns}
          rows={people}
          keyOf={(row) => row.id}
          sort={sort}
          onSort={setSort}
          current="3"
          selection={{ selected, onChange: setSelected, nameOf: (row) => row.name }}
        />
      </div>
      <Table
        caption="People, loading"
        columns={columns}
        rows={[]}
        keyOf={(row) => row.id}
        loadingRows={2}
      />
    </Sheet>
  );
}

function TabRow() {
  return (
    <Sheet title="Tabs">
      <Tabs
        name="sample"
        label="Directory"
        current="requests"
        items={[
          { id: 'overview', label: 'Overview', link: { to: '.' } },
          { id: 'people', label: 'People', count: '298', link: { to: '.' } },
          { id: 'groups', label: 'Groups', count: '14', link: { to: '.' } },
          { id: 'requests', label: 'Requests', link: { to: '.' } },
          { id: 'settings', label: 'Settings', link: { to: '.' } },
        ]}
      />
      <div role="tabpanel" id={tabPanelId('sample')} aria-labelledby="sample-requests">
        The view of the tab.
      </div>
    </Sheet>
  );
}

const series: readonly Series[] = [
  { id: 'unchanged', label: 'Unchanged', tone: 'unchanged' },
  { id: 'changed', label: 'Changed', tone: 'changed' },
  { id: 'refused', label: 'Refused', tone: 'refused' },
  { id: 'failed', label: 'Failed', tone: 'failed' },
];

const days = Array.from({ length: 30 }, (_, index) => ({
  label: `${index + 1} Feb`,
  tick: index % 7 === 0 ? `${index + 1} Feb` : undefined,
  values: [
    150 + ((index * 37) % 130),
    30 + ((index * 23) % 60),
    index === 9 ? 70 : 0,
    index === 20 ? 38 : 0,
  ],
}));

function Charts() {
  return (
    <Sheet title="Charts">
      <ChartLegend series={series} columns={days} />
      <BarChart label="Requests a day by outcome" columnName="Day" series={series} columns={days} />
      <div className="max-w-68">
        <SeatBar used={312} reserved={9} purchased={350} />
      </div>
    </Sheet>
  );
}
