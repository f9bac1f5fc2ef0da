import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { newSecret } from './secret.ts';
import { type SecretBox, secretBox } from './secret-box.ts';
import { type Settings, SettingsError } from './settings.ts';

/**
 * Settings with a key. Beside the embedded database a file keeps one that is made at the first start; processes that share
 * a PostgreSQL need the same one, so there it must be set.
 */
export function keepSecretKey(settings: Settings): Settings {
  if (settings.secretKey !== null) return settings;
  if (!settings.databaseUrl.startsWith('sqlite:')) {
    throw new SettingsError(
      'SECRET_KEY must be set where DATABASE_URL is postgres://…: 32 random characters or more, the same for every process',
    );
  }
  const file = `${settings.databaseUrl.slice('sqlite:'.length)}.key`;
  return { ...settings, secretKey: keyIn(file) };
}

function keyIn(file: string): string {
  try {
    if (!existsSync(file)) writeFileSync(file, `${newSecret()}\n`, { mode: 0o600, flag: 'wx' });
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new SettingsError(
      `SECRET_KEY is not set, and its file ${file} cannot be made or read (${Object(error).code})`,
      { cause: error },
    );
  }
}

/** The box of the settings' key; without a key nothing can be sealed or opened. */
export function secretBoxOf({ secretKey }: Settings): SecretBox {
  return secretKey === null ? keyless : secretBox(secretKey);
}

const keyless: SecretBox = { seal: refuse, open: refuse };

function refuse(): never {
  throw new SettingsError('SECRET_KEY must be set');
}
