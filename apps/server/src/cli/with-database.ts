import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { checkSchemaVersion, type Database, openDatabase } from '../database/index.ts';
import { readSettings, type Settings, SettingsError } from '../settings.ts';

/** Makes the folder of an embedded database, for its owner alone. */
export function prepareFolder({ databaseUrl }: Settings): void {
  const path = databaseUrl.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : undefined;
  if (path === undefined) return;
  const folder = dirname(path);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new SettingsError(`DATA_DIR or DATABASE_URL: ${folder} cannot be made`, { cause: error });
  }
}

/** Runs a command's work on the database of the settings, which must have been migrated, and closes it after. */
export async function withDatabase(
  work: (database: Database, settings: Settings) => Promise<void>,
): Promise<void> {
  const settings = readSettings(process.env);
  prepareFolder(settings);
  const database = await openDatabase({ url: settings.databaseUrl, poolSize: 1 });
  try {
    await checkSchemaVersion(database);
    await work(database, settings);
  } finally {
    await database.close();
  }
}
