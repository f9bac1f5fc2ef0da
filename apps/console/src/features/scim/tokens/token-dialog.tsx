import type { IssuedToken, Provider } from '@rollcall/api';
import { SecretDialog, type SecretDialogProps } from '../../../components/secret-dialog.tsx';
import { Credentials } from './credentials.tsx';

type TokenDialogProps = Omit<SecretDialogProps, 'secret' | 'another'> & {
  /** The token, once it is made: the last step shows it. */
  issued: IssuedToken | undefined;
  provider: Provider;
};

/** Everything that makes a connector token: choices first, then both values, once, until they are stored. */
export function TokenDialog({ issued, provider, ...dialog }: TokenDialogProps) {
  return (
    <SecretDialog
      {...dialog}
      another="You can make another one with Refresh Token."
      secret={
        issued && { name: 'token', content: <Credentials issued={issued} provider={provider} /> }
      }
    />
  );
}
