import type { Database } from './database.ts';
import { type AppSettings, defaultSettings, mergeSettings } from './settings.ts';

/** The one app of the stand-in. */
export interface App {
  readonly id: string;
  readonly label: string;
  readonly settings: AppSettings;
}

/** The app's id, which Okta's CRUD suite calls `oktaAppId`. */
export const appId = '0oastandin0insomnia0';

interface Row {
  id: string;
  label: string;
  settings: string;
}

/** Reads and writes the app and its settings. */
export function createApps(database: Database) {
  database
    .prepare('insert or ignore into app values (?, ?, ?)')
    .run(appId, 'Insomnia', JSON.stringify(defaultSettings));
  const one = database.prepare<[string], Row>('select * from app where id = ?');
  const save = database.prepare('update app set settings = ? where id = ?');
  const get = (): App => {
    const row = one.get(appId);
    if (row === undefined) throw new Error('the data file has no app');
    return { ...row, settings: mergeSettings(defaultSettings, JSON.parse(row.settings)) };
  };
  return {
    get,
    settings: () => get().settings,
    /** Changes the named settings only. Throws `TypeError` for an unknown one. */
    change(change: Readonly<Record<string, unknown>>): AppSettings {
      const settings = mergeSettings(get().settings, change);
      save.run(JSON.stringify(settings), appId);
      return settings;
    },
  };
}
