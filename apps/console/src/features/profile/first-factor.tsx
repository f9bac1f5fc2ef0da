import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { describeError } from '../../api/api-error.ts';
import { request } from '../../api/request.ts';
import { factorsQuery, sessionQuery } from '../../api/session.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { Section } from '../../components/section.tsx';
import { toast } from '../../components/toast.tsx';
import { NewPassphraseField } from '../entry/new-passphrase.tsx';
import { tooShort } from '../entry/too-short.ts';

const route = getRouteApi('/app/profile/security');

/** The way to a first local factor for somebody who only signs in through their company: their mail has to agree. */
export function FirstFactor() {
  const { code } = route.useSearch();
  const navigate = route.useNavigate();
  const ask = useMutation({ mutationFn: () => request('requestFirstFactor', {}) });
  return (
    <Section title="Nothing proves yet that it is you" className="max-w-measure">
      <p className="mb-3 text-sm text-ink-2">
        You sign in through your company. Before you change who has access, set up a passphrase;
        your mail has to confirm it. After that you can add a passkey or an app.
      </p>
      {ask.isSuccess ? (
        <Banner tone="info" title="Look into your mail.">
          The link in it works once, for an hour, in this browser.
        </Banner>
      ) : (
        <Button busy={ask.isPending} onClick={() => ask.mutate()}>
          Mail me a link
        </Button>
      )}
      {ask.error && (
        <p role="alert" className="mt-2 text-sm text-danger-text">
          {describeError(ask.error).detail}
        </p>
      )}
      {code && (
        <FirstPassphraseDialog
          code={code}
          onClose={() => void navigate({ search: {}, replace: true })}
        />
      )}
    </Section>
  );
}

function FirstPassphraseDialog({ code, onClose }: { code: string; onClose: () => void }) {
  const client = useQueryClient();
  const [passphrase, setPassphrase] = useState('');
  const [short, setShort] = useState<string>();
  const set = useMutation({
    mutationFn: () => request('setFirstFactor', { body: { code, passphrase } }),
    onSuccess: (session) => {
      client.setQueryData(sessionQuery().queryKey, session);
      void client.invalidateQueries({ queryKey: factorsQuery().queryKey });
      toast('Your passphrase is set up');
      onClose();
    },
  });
  const submit = () => {
    const problem = tooShort(passphrase);
    setShort(problem);
    if (!problem) set.mutate();
  };
  const refused = set.error ? describeError(set.error).detail : undefined;
  return (
    <FormDialog
      title="Set up a passphrase"
      submit="Set up"
      busy={set.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="text-ink-2">It proves that it is you. You go on signing in as before.</p>
      <NewPassphraseField
        label="New passphrase"
        value={passphrase}
        error={short ?? refused}
        onChange={(value) => {
          setPassphrase(value);
          setShort(undefined);
        }}
      />
    </FormDialog>
  );
}
