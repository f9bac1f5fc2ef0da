import { CopyValue } from '../../../components/copy-field.tsx';
import { EmptyState } from '../../../components/states.tsx';
import { useDirectory } from '../directory/context.ts';
import { firstRequest } from '../model/recipe.ts';

/** A log without rows: nothing fits, or nothing has come yet. */
export function NoRequests({
  filtered,
  more,
}: {
  filtered: boolean;
  /** A rare match is looked for a stretch at a time; older ones have not been looked at yet. */
  more: boolean;
}) {
  const { directory } = useDirectory();
  if (more) {
    return (
      <EmptyState title="No request fits so far">
        The newest requests were looked through. Next looks through older ones; a shorter time makes
        it quicker.
      </EmptyState>
    );
  }
  if (filtered) {
    return (
      <EmptyState title="No request fits">
        Take a filter away, or choose a longer time. A search finds the beginning of a name, a
        userName or an externalId, or a whole id.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No request has arrived yet"
      action={<CopyValue value={directory.connectorUrl} name="connector URL" wrap />}
    >
      {firstRequest(directory.provider)} It goes to the connector URL:
    </EmptyState>
  );
}
