import type { Requirement } from '@rollcall/api';
import { useId } from 'react';
import { Page, PageHeader, Stack } from '../../../components/page.tsx';
import { Panel, PanelHead, PanelText } from '../../../components/panel.tsx';
import { PlainList, Section, Split } from '../../../components/section.tsx';
import { Toggle } from '../../../components/toggle.tsx';
import { useAccount, useSession } from '../../../shell/account.ts';
import { unmetReason } from '../model/requirement.ts';
import { Requirements } from './requirements.tsx';
import { WhatWillHappen } from './what-will-happen.tsx';

const haveReady = [
  { key: 'administrator', text: 'An administrator of your IdP' },
  { key: 'vault', text: 'A safe place for the token, such as a vault' },
  { key: 'time', text: 'About ten minutes' },
];

/** SCIM is off: what it needs, what it will do, and the switch once nothing is missing. */
export function OffPage({
  requirements,
  onTurnOn,
}: {
  requirements: readonly Requirement[];
  onTurnOn: () => void;
}) {
  const { productName } = useSession();
  const { name } = useAccount();
  return (
    <Page title={`SCIM · ${name}`}>
      <PageHeader
        title="SCIM"
        lead={`Let your identity provider create people in ${productName}, put them into teams, and take their access away on the day they leave.`}
      />
      <Stack>
        <Split
          aside={
            <Section title="Have ready" aside>
              <PlainList items={haveReady} />
            </Section>
          }
        >
          <SwitchPanel requirements={requirements} onTurnOn={onTurnOn} />
          <WhatWillHappen requirements={requirements} />
        </Split>
      </Stack>
    </Page>
  );
}

function SwitchPanel({
  requirements,
  onTurnOn,
}: {
  requirements: readonly Requirement[];
  onTurnOn: () => void;
}) {
  const { productName } = useSession();
  const reasonId = useId();
  const reason = unmetReason(requirements);
  return (
    <Panel label="Turn SCIM on">
      <PanelHead
        end={
          <Toggle
            on={false}
            inactive={reason !== undefined}
            {...(reason && { describedBy: reasonId })}
            onToggle={onTurnOn}
          >
            SCIM is off
          </Toggle>
        }
      >
        <h2 className="font-strong">Provision people with SCIM</h2>
      </PanelHead>
      <PanelText>
        <span id={reasonId}>
          {reason ??
            `Your IdP will be the source of truth for the people and groups it sends. Nobody who is in ${productName} today is removed.`}
        </span>
      </PanelText>
      <Requirements requirements={requirements} inset />
    </Panel>
  );
}
