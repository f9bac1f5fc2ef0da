import type { Outcome } from '@rollcall/api';
import { Badge } from '../../../components/badge.tsx';
import { outcomeWords } from '../model/request-text.ts';

/** How a request ended: shape and word. In a drawer's bar it is tinted and names the status. */
export function OutcomeBadge({ outcome, status }: { outcome: Outcome; status?: number }) {
  return (
    <Badge mark={outcome} tinted={status !== undefined}>
      {outcomeWords[outcome]}
      {status !== undefined && ` · ${status}`}
    </Badge>
  );
}
