import { type Settings, SettingsError } from '../settings.ts';

/** Whether the address is the operator's: without PUBLIC_URL a command supposes that the service is on this machine. */
const isSet = () => Boolean(process.env.PUBLIC_URL);

/** Throws `SettingsError` unless PUBLIC_URL is set: a link that was mailed cannot be taken back. */
export function requirePublicUrl(): void {
  if (isSet()) return;
  throw new SettingsError(
    'PUBLIC_URL must be set as the service has it: the mail that this command sends has a link',
  );
}

/** Says, beside what a command prints, that its link works on this machine alone where PUBLIC_URL is not set. */
export function noteLocalLink({ publicUrl }: Settings): void {
  if (isSet()) return;
  console.error(
    `rollcall: PUBLIC_URL is not set, so this link leads to ${publicUrl}; elsewhere it needs PUBLIC_URL as the service has it`,
  );
}
