import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { request } from '../../api/request.ts';
import { factorsQuery } from '../../api/session.ts';
import { Banner } from '../../components/banner.tsx';
import { CopyField } from '../../components/copy-field.tsx';
import { Field, Input } from '../../components/field.tsx';
import { SecretDialog } from '../../components/secret-dialog.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { sensitiveError, useSensitive } from '../reauthentication/provider.tsx';
import { useSecretIssue } from '../reauthentication/use-secret-issue.ts';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

type Issued = { readonly recoveryCodes: readonly string[] };

/** Sets an authenticator app up: its secret, a code of it, then the recovery codes, once. */
export function TotpDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const sensitive = useSensitive();
  const begun = useMutation({ mutationFn: () => sensitive(() => request('beginTotp', {})) });
  const { mutate: begin } = begun;
  // The secret is asked for once, when the dialog opens.
  useEffect(() => begin(), [begin]);
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState(false);
  const { issued, busy, error, issue } = useSecretIssue(
    (): Promise<Issued> => request('confirmTotp', { body: { code } }),
  );
  const submit = () => {
    setMissing(code.trim() === '');
    if (code.trim() !== '') issue();
  };
  const close = () => {
    if (issued) void client.invalidateQueries({ queryKey: factorsQuery().queryKey });
    onClose();
  };
  const failed = sensitiveError(begun.error);
  return (
    <SecretDialog
      title="Set up an authenticator app"
      steps={[
        { name: 'App', chosen: issued ? 'Set up' : '' },
        { name: 'Recovery codes', chosen: 'Store them now' },
      ]}
      secret={
        issued && {
          name: 'recovery codes',
          content: <RecoveryCodes codes={issued.recoveryCodes} />,
        }
      }
      another="You can make new ones under Security."
      busy={busy}
      error={undefined}
      submit="Set up"
      onSubmit={submit}
      onClose={close}
    >
      {failed && <Banner tone="danger" title={failed} />}
      {!begun.data && !failed && <SkeletonLines count={6} />}
      {begun.data && (
        <>
          <p className="text-ink-2">Scan this with the app, or type the secret into it.</p>
          <QrCode text={begun.data.uri} label="The secret as a picture, for the app's camera" />
          <CopyField label="Secret" name="secret" value={begun.data.secret} wrap />
          <Field
            label="Code that the app shows"
            error={missing ? 'Type the six digits.' : error}
            help="Six digits, new every half minute."
          >
            <Input
              value={code}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={40}
              className="font-mono"
              onChange={(event) => {
                setCode(event.currentTarget.value);
                setMissing(false);
              }}
            />
          </Field>
        </>
      )}
    </SecretDialog>
  );
}
