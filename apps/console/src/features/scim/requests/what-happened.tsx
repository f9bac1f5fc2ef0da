import type { RequestDetail } from '@rollcall/api';
import { DrawerSection } from '../../../components/drawer.tsx';
import { useDirectory } from '../directory/context.ts';
import { changes } from '../model/difference.ts';
import { idpName } from '../model/provider.ts';
import { Timeline } from '../parts/timeline.tsx';
import { ChangeList } from './change-list.tsx';

/** What the request changed, or would have: attribute by attribute, then what followed from it. */
export function WhatHappened({ detail }: { detail: RequestDetail }) {
  const { directory } = useDirectory();
  const lines = changes(detail.difference);
  return (
    <DrawerSection title="What happened">
      <p className="mb-3 text-sm text-ink-2">
        {summary(detail, lines.length > 0, idpName(directory.provider))}
      </p>
      {lines.length > 0 && <ChangeList changes={lines} />}
      {detail.effects.length > 0 && (
        <div className="mt-3">
          <Timeline entries={detail.effects} linked={false} />
        </div>
      )}
    </DrawerSection>
  );
}

function summary(detail: RequestDetail, hasDifference: boolean, name: string): string {
  if (detail.outcome === 'refused' || detail.outcome === 'failed') {
    return hasDifference
      ? `Nothing was changed. ${name} had asked for this:`
      : 'Nothing was changed.';
  }
  if (detail.outcome === 'unchanged') {
    return detail.method === 'GET' ? 'It only read.' : 'Everything was as asked for already.';
  }
  return hasDifference ? 'These attributes changed:' : (detail.detail ?? 'The change was made.');
}
