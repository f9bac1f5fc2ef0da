import { dirname } from 'node:path';
import { checkSchemaVersion, type Database, openDatabase } from '../database/index.ts';
import { readSettings, type Settings } from '../settings.ts';
import { makeFolder, refuseFolder, requireFolder } from './folder.ts';

/**
 * Makes the folder of an embedded database, for its owner alone. One that DATABASE_URL names must be there: a slip in it
 * would begin another, empty database. Nor may that name a folder: the key is made beside the database before it is opened.
 */
export function prepareFolder({ databaseUrl, dataDir }: Settings): void {
  if (dataDir !== undefined) makeFolder(dataDir, 'DATA_DIR');
  else if (databaseUrl.startsWith('sqlite:')) {
    const file = databaseUrl.slice('sqlite:'.length);
    requireFolder(dirname(file), 'DATABASE_URL');
    refuseFolder(file, 'DATABASE_URL');
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
