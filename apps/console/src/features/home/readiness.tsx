import type { Home, Requirement } from '@rollcall/api';
import type { LinkProps } from '@tanstack/react-router';
import { useId } from 'react';
import { ButtonLink } from '../../components/button.tsx';
import { Checklist, type ChecklistItem } from '../../components/checklist.tsx';
import { Panel, PanelHead } from '../../components/panel.tsx';

type Line = {
  name: string;
  unmet: string;
  action: string;
  to: NonNullable<LinkProps['to']>;
};

const lines: Record<Exclude<Requirement['name'], 'role'>, Line> = {
  plan: {
    name: 'Plan',
    unmet: 'SCIM is part of the Enterprise plan.',
    action: 'Plan & billing',
    to: '/app/billing',
  },
  domain: {
    name: 'Domain',
    unmet: 'Verify the domain of your people’s e-mail addresses.',
    action: 'Domains',
    to: '/app/enterprise/domains/list',
  },
  sso: {
    name: 'SSO',
    unmet: 'People whom SCIM creates sign in through your IdP, so connect it first.',
    action: 'SSO',
    to: '/app/enterprise/sso/list',
  },
};

/** How many of plan, domain, SSO and SCIM are not there yet. */
export function stepsLeft({ requirements, scim }: Pick<Home, 'requirements' | 'scim'>): number {
  const unmet = requirements.filter(({ name, met }) => name !== 'role' && !met).length;
  return scim.state === 'on' ? unmet : unmet + 1;
}

/** The four things to do once, in the order in which they build on each other; the first open one is the next. */
export function Readiness({
  title,
  requirements,
  scim,
}: Pick<Home, 'requirements' | 'scim'> & { title: string }) {
  const id = useId();
  const needed = requirements.filter(({ name }) => name !== 'role');
  const firstUnmet = needed.find(({ met }) => !met);
  const items: ChecklistItem[] = [
    ...needed.flatMap(({ name, met, state }) => {
      if (name === 'role') return [];
      const line = lines[name];
      const next = name === firstUnmet?.name;
      return {
        id: name,
        name: line.name,
        state: met ? ('met' as const) : ('todo' as const),
        text: met ? state : line.unmet,
        action: !met && (
          <ButtonLink to={line.to} size="sm" variant={next ? 'primary' : 'plain'}>
            {line.action}
          </ButtonLink>
        ),
      };
    }),
    {
      id: 'scim',
      name: 'SCIM',
      state: scim.state === 'on' ? 'met' : 'todo',
      text:
        scim.state === 'on'
          ? 'Your identity provider adds and removes people.'
          : 'Let your identity provider add and remove people.',
      action: scim.state === 'off' && (
        <ButtonLink to="/app/enterprise/scim" size="sm" variant={firstUnmet ? 'plain' : 'primary'}>
          {firstUnmet ? 'SCIM' : 'Turn on SCIM'}
        </ButtonLink>
      ),
    },
  ];
  const done = items.filter(({ state }) => state === 'met').length;
  return (
    <Panel labelledBy={id}>
      <PanelHead end={`${done} of ${items.length} done`}>
        <h2 id={id} className="min-w-0 flex-1 font-strong">
          {title}
        </h2>
      </PanelHead>
      <Checklist label={title} items={items} inset />
    </Panel>
  );
}
