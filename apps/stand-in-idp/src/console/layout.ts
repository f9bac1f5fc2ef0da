import type { StandIn } from '../stand-in.ts';
import { html, type Markup, type Part } from './html.ts';
import type { Notice } from './notices.ts';

/** What every page is made of. */
export interface Page {
  readonly title: string;
  /** The navigation entry that is current. */
  readonly section: 'dashboard' | 'people' | 'groups' | 'app' | 'requests';
  readonly body: Part;
  readonly notice?: Notice | undefined;
  /** Reload when jobs or requests have moved on; not for pages with a form that somebody may be filling in. */
  readonly live?: boolean;
}

const sections = [
  { id: 'dashboard', href: '/dashboard', label: 'Dashboard' },
  { id: 'people', href: '/people', label: 'People' },
  { id: 'groups', href: '/groups', label: 'Groups' },
  { id: 'app', href: '/app/general', label: 'Insomnia' },
  { id: 'requests', href: '/requests', label: 'Requests sent' },
] as const;

const groups: Readonly<Record<string, string>> = {
  people: 'Directory',
  app: 'Applications',
  requests: 'Stand-in',
};

/** A whole page as text. */
export function renderPage(standIn: StandIn, { title, section, body, notice, live }: Page): string {
  const tasks = standIn.store.tasks.list().length;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Stand-in IdP</title>
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="/assets/style.css">
<script src="/assets/app.js" defer></script>
</head>
<body${live === true && html` data-live="${versionOf(standIn)}"`}>
<a class="skip" href="#main">Skip to content</a>
<header class="bar">
  <a class="brand" href="/dashboard"><svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="7" cy="10" r="5"/><circle cx="13" cy="10" r="5"/></svg>Stand-in IdP</a>
  <span class="tag">For development. Not Okta, not Entra.</span>
</header>
<div class="shell">
<nav aria-label="Main" class="menu main-menu">
  <ul>${sections.map(
    ({
      id,
      href,
      label,
    }) => html`${groups[id] !== undefined && html`<li class="heading" aria-hidden="true">${groups[id]}</li>`}
    <li><a href="${href}"${id === section && html` aria-current="page"`}>${label}${id === 'dashboard' && tasks > 0 && html` <span class="count">${tasks}</span>`}</a></li>`,
  )}</ul>
</nav>
<main id="main" tabindex="-1">
  ${notice !== undefined && html`<p class="notice ${notice.kind}" role="${notice.kind === 'problem' ? 'alert' : 'status'}">${notice.text}</p>`}
  ${body}
</main>
</div>
</body>
</html>`;
  return page.text;
}

/** Changes whenever jobs or requests have moved on. */
export function versionOf({ store, runner }: StandIn): string {
  const newest = store.exchanges.list(1)[0]?.id ?? 0;
  const { active, paused } = runner.load();
  return `${newest}.${active}.${paused}`;
}

/** The app's tabs; those that need SCIM or an action stand only where they are on. */
export function appHeader(standIn: StandIn, current: string): Markup {
  const { label, settings } = standIn.store.app.get();
  const { scimEnabled, integration } = settings;
  const tabs = [
    ['/app/general', 'General', true],
    ['/app/saml', 'SAML', settings.mode !== 'entra'],
    ['/app/oidc', 'OIDC', settings.mode !== 'entra'],
    ['/app/sign-on', 'Sign On', true],
    ['/app/provisioning/integration', 'Provisioning', scimEnabled],
    ['/app/import', 'Import', scimEnabled && integration.importUsers],
    ['/app/assignments', 'Assignments', true],
    ['/app/push-groups', 'Push Groups', scimEnabled && integration.pushGroups],
    ['/app/advanced', 'Advanced (stand-in only)', true],
  ] as const;
  return html`<h1>${label}</h1>
  <p class="lede">${settings.mode === 'entra' ? 'Enterprise application, Entra mode' : 'SAML 2.0 and OpenID Connect'} · <span class="chip good">Active</span>
    ${settings.mode === 'catalog' && html`<span class="chip">Catalog app</span>`}</p>
  <nav class="tabs" aria-label="Application"><ul>${tabs
    .filter(([, , shown]) => shown)
    .map(
      ([href, name]) =>
        html`<li><a href="${href}"${name === current && html` aria-current="page"`}>${name}</a></li>`,
    )}</ul></nav>`;
}

/** A heading, a sentence and what to do, where a list has nothing. */
export function empty(title: string, hint: Part): Markup {
  return html`<div class="empty"><p><strong>${title}</strong></p><p>${hint}</p></div>`;
}

/** A time in the reader's words for machines and people. */
export function time(ms: number): Markup {
  const iso = new Date(ms).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')}</time>`;
}
