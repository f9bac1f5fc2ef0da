import { CopyValue } from '../../../components/copy-field.tsx';
import { EmptyState } from '../../../components/states.tsx';
import { useDirectory } from '../directory/context.ts';
import { firstRequest } from '../model/recipe.ts';

/** A log without rows: nothing fits, or nothing has come yet. */
export function NoRequests({ filtered }: { filtered: boolean }) {
  const { directory } = useDirectory();
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
