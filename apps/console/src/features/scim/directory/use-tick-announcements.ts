import type { Milestone } from '@rollcall/api';
import { useEffect, useRef } from 'react';
import type { DirectoryRef } from '../../../api/directory.ts';
import { useDirectoryEvents } from '../../../api/use-directory-events.ts';
import { announce } from '../../../components/live-region.tsx';
import { newTicks } from '../model/milestone.ts';

/** Keeps the directory's page fresh, and says each milestone that is reached while the page is open. */
export function useTickAnnouncements(
  ref: DirectoryRef,
  milestones: readonly Milestone[] | undefined,
): void {
  const known = useRef<readonly Milestone[]>(undefined);
  useDirectoryEvents(ref);
  useEffect(() => {
    if (!milestones) return;
    const ticks = known.current ? newTicks(known.current, milestones) : [];
    known.current = milestones;
    if (ticks.length > 0) announce(`${ticks.join('. ')}.`);
  }, [milestones]);
}
