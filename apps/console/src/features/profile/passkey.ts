import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import { request } from '../../api/request.ts';

/** What the browser answered, for the server alone. */
type PasskeyResponse = Record<string, unknown>;

/** Whether this browser makes and proves passkeys for this address; none does for an IP address. */
export function passkeysWork(): boolean {
  const isNumber = /^[\d.]+$|:/.test(window.location.hostname);
  return window.isSecureContext && 'credentials' in navigator && !isNumber;
}

/** Has the browser make a passkey; throws where the person or the browser declines. */
export async function makePasskey(options: Record<string, unknown>): Promise<PasskeyResponse> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  // The server makes them by the standard; the contract does not retell it.
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  return { ...(await startRegistration({ optionsJSON })) };
}

/** Has the browser prove a passkey; throws where the person or the browser declines. */
export async function answerPasskeyChallenge(): Promise<PasskeyResponse> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  // As above.
  const optionsJSON = (await request(
    'passkeyChallenge',
    {},
  )) as unknown as PublicKeyCredentialRequestOptionsJSON;
  return { ...(await startAuthentication({ optionsJSON })) };
}

/** The words of an error that the browser threw; it says little, so that pages learn little. */
export function passkeyError(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'NotAllowedError')
    return 'Your browser was closed or took too long. Try again.';
  if (error.name === 'InvalidStateError') return 'This device holds a passkey of yours already.';
  return undefined;
}
