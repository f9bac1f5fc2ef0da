import type { Attention } from '@rollcall/api';

/** What stands at the end of an entry of the sidebar: how many things need attention there, and how much. */
export type NavigationNote = { severity: 'danger' | 'warning'; count: number };

/** The notes by entry, out of what needs attention; what is only worth knowing has none. */
export function navigationNotes(
  attention: readonly Attention[],
  entries: readonly string[],
): ReadonlyMap<string, NavigationNote> {
  const notes = new Map<string, NavigationNote>();
  for (const { href, severity } of attention) {
    const entry = entries.find(
      (to) =>
        href === to || href.startsWith(`${to}/`) || href.startsWith(`${to}?`) || isBelow(href, to),
    );
    if (severity === 'info' || !entry) continue;
    const before = notes.get(entry);
    notes.set(entry, {
      severity: severity === 'danger' || before?.severity === 'danger' ? 'danger' : 'warning',
      count: (before?.count ?? 0) + 1,
    });
  }
  return notes;
}

/** Whether a page is of one thing of a list: those stand beside the list, not below it. */
export function isBelow(pathname: string, list: string): boolean {
  return list.endsWith('/list') && pathname.startsWith(list.slice(0, -'list'.length));
}
