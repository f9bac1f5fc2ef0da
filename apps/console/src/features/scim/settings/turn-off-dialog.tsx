import type { DisablePreview } from '@rollcall/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { accountKey } from '../../../api/account.ts';
import { disablePreviewQuery } from '../../../api/directory.ts';
import { request } from '../../../api/request.ts';
import { Button } from '../../../components/button.tsx';
import { RadioGroup } from '../../../components/choice.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { SkeletonLines } from '../../../components/skeleton.tsx';
import { toast } from '../../../components/toast.tsx';
import { sensitiveError, useSensitive } from '../../reauthentication/provider.tsx';
import { useDirectory } from '../directory/context.ts';
import { idpInSentence } from '../model/provider.ts';
import { deactivateText, deactivateVerb, keepText } from '../model/turn-off.ts';
import { LoadError } from '../parts/load-error.tsx';

/** Turns SCIM off, once it is decided what happens to its people. The numbers are counted as it opens. */
export function TurnOffDialog({ onClose }: { onClose: () => void }) {
  const { ref } = useDirectory();
  const { data: preview, error, refetch } = useQuery(disablePreviewQuery(ref));
  if (preview) return <Decision preview={preview} onClose={onClose} />;
  return (
    <Dialog
      title="Turn SCIM off?"
      onClose={onClose}
      actions={
        <Button variant="quiet" onClick={onClose}>
          Cancel
        </Button>
      }
    >
      {error ? (
        <LoadError what="What this would do" error={error} onRetry={refetch} />
      ) : (
        <SkeletonLines />
      )}
    </Dialog>
  );
}

function Decision({ preview, onClose }: { preview: DisablePreview; onClose: () => void }) {
  const { directory, ref } = useDirectory();
  const client = useQueryClient();
  const sensitive = useSensitive();
  const [people, setPeople] = useState<'keep' | 'deactivate'>('keep');
  const [counted] = useState(preview);
  const turnOff = useMutation({
    mutationFn: () =>
      sensitive(() =>
        request('disable', {
          params: ref,
          body: people === 'keep' ? { people } : { people, accountName: counted.accountName },
        }),
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: accountKey(ref.accountId) });
      toast('SCIM is off');
      onClose();
    },
  });
  const deactivates = people === 'deactivate';
  return (
    <ConfirmDialog
      title="Turn SCIM off?"
      confirm={deactivates ? deactivateVerb(counted) : 'Turn SCIM off'}
      danger
      busy={turnOff.isPending}
      error={sensitiveError(turnOff.error)}
      typeToConfirm={
        deactivates
          ? { label: `Type the account's name, ${counted.accountName}`, text: counted.accountName }
          : undefined
      }
      onConfirm={() => turnOff.mutate()}
      onClose={onClose}
    >
      <p>Requests from {idpInSentence(directory.provider)} will be refused from now on.</p>
      <RadioGroup
        legend="What happens to the people"
        value={people}
        onChange={setPeople}
        choices={[
          { value: 'keep', label: 'Keep everyone', help: keepText(counted) },
          {
            value: 'deactivate',
            label: 'Deactivate everyone whom SCIM created',
            help: deactivateText(counted),
          },
        ]}
      />
    </ConfirmDialog>
  );
}
