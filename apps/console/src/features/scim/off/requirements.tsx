import type { Requirement } from '@rollcall/api';
import { Link } from '@tanstack/react-router';
import { Checklist, type ChecklistItem } from '../../../components/checklist.tsx';
import { StatusMark } from '../../../components/status-mark.tsx';
import { requirementNames, unmetText } from '../model/requirement.ts';

const pages: Record<Requirement['name'], { label: string; to: string } | undefined> = {
  role: undefined,
  plan: { label: 'Plan & billing', to: '/app/billing' },
  domain: { label: 'Domains', to: '/app/enterprise/domains/list' },
  sso: { label: 'SSO', to: '/app/enterprise/sso/list' },
};

/** The four things that SCIM needs, each with what is true now or why it is needed, and the way to it. */
export function Requirements({
  requirements,
  inset = false,
  linked = true,
  narrow = false,
}: {
  requirements: readonly Requirement[];
  inset?: boolean;
  linked?: boolean;
  /** In a side column, where name and text stand one below the other. */
  narrow?: boolean;
}) {
  const items = requirements.map((one): ChecklistItem => {
    const page = pages[one.name];
    return {
      id: one.name,
      name: requirementNames[one.name],
      state: one.met ? 'met' : 'todo',
      text: one.met ? one.state : unmetText(one.name, 'the owner'),
      action: linked && page && <Link to={page.to}>{page.label}</Link>,
    };
  });
  if (narrow) return <NarrowList items={items} />;
  return <Checklist label="Requirements" items={items} inset={inset} ruled={inset} />;
}

function NarrowList({ items }: { items: readonly ChecklistItem[] }) {
  return (
    <ul aria-label="Requirements" className="grid gap-3 text-sm">
      {items.map(({ id, name, state, text, action }) => (
        <li key={id} className="grid grid-cols-[1rem_minmax(0,1fr)_auto] items-baseline gap-x-2.5">
          <StatusMark mark={state === 'met' ? 'ok' : 'todo'} className="self-center" />
          <b>
            {name}
            <span className="sr-only">: {state === 'met' ? 'Done' : 'Not yet'}.</span>
          </b>
          {action}
          <span className="col-span-2 col-start-2 text-ink-2">{text}</span>
        </li>
      ))}
    </ul>
  );
}
