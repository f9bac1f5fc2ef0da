import type { DisablePreview } from '@rollcall/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { accountKey } from '../../../api/account.ts';
import { disablePreviewQuery } from '../../../api/directory.ts';
import { type RequestInput, request } from '../../../api/request.ts';
import { RadioGroup } from '../../../components/choice.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { SkeletonLines } from '../../../components/skeleton.tsx';
import { toast } from '../../../components/toast.tsx';
import { type Proof, useProof } from '../../reauthentication/proof.tsx';
import { sensitiveError, useSensitive } from '../../reauthentication/provider.tsx';
import { useDirectory } from '../directory/context.ts';
import { idpInSentence } from '../model/provider.ts';
import { deactivateText, deactivateVerb, keepText } from '../model/turn-off.ts';
import { LoadError } from '../parts/load-error.tsx';

type People = 'keep' | 'deactivate';

/** Turns SCIM off, once it is decided what happens to its people. The numbers are counted as it opens. */
export function TurnOffDialog({ onClose }: { onClose: () => void }) {
  const { directory, ref } = useDirectory();
  const { data, error, refetch } = useQuery(disablePreviewQuery(ref));
  const counted = useFirst(data);
  const [people, setPeople] = useState<People>('keep');
  const proof = useProof();
  const turnOff = useTurnOff(proof, onClose);
  const naming = people === 'deactivate' ? counted : undefined;
  // One dialog from the first wait on: another in its place would not know where the focus came from.
  return (
    <ConfirmDialog
      title="Turn SCIM off?"
      confirm={counted && (naming ? deactivateVerb(counted) : 'Turn SCIM off')}
      danger
      busy={turnOff.isPending}
      error={sensitiveError(turnOff.error)}
      typeToConfirm={
        naming && {
          label: `Type the account's name, ${naming.accountName}`,
          text: naming.accountName,
        }
      }
      onConfirm={() =>
        turnOff.mutate(
          naming ? { people: 'deactivate', accountName: naming.accountName } : { people: 'keep' },
        )
      }
      onClose={onClose}
    >
      <p>Requests from {idpInSentence(directory.provider)} will be refused from now on.</p>
      {counted && <PeopleChoice preview={counted} value={people} onChange={setPeople} />}
      {!counted && error && <LoadError what="What this would do" error={error} onRetry={refetch} />}
      {!counted && !error && <SkeletonLines />}
      {counted && proof.field}
    </ConfirmDialog>
  );
}

/** The first answer stays: numbers must not change under the hand that confirms them. */
function useFirst<Value>(value: Value | undefined): Value | undefined {
  const [first, setFirst] = useState(value);
  if (first === undefined && value !== undefined) setFirst(value);
  return first;
}

function useTurnOff(proof: Proof, onClose: () => void) {
  const { ref } = useDirectory();
  const client = useQueryClient();
  const sensitive = useSensitive();
  return useMutation({
    mutationFn: async (body: RequestInput<'disable'>['body']) => {
      await proof.prove();
      return sensitive(() => request('disable', { params: ref, body }));
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: accountKey(ref.accountId) });
      toast('SCIM is off');
      onClose();
    },
  });
}

function PeopleChoice({
  preview,
  value,
  onChange,
}: {
  preview: DisablePreview;
  value: People;
  onChange: (people: People) => void;
}) {
  return (
    <RadioGroup
      legend="What happens to the people"
      value={value}
      onChange={onChange}
      choices={[
        { value: 'keep', label: 'Keep everyone', help: keepText(preview) },
        {
          value: 'deactivate',
          label: 'Deactivate everyone whom SCIM created',
          help: deactivateText(preview),
        },
      ]}
    />
  );
}
