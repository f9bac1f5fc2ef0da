import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { SettingsError } from '../settings.ts';

/**
 * Makes `folder` and what is missing above it, for its owner alone. Throws `SettingsError`, which names `setting`, where
 * it cannot be made or written.
 */
export function makeFolder(folder: string, setting: string): void {
  try {
    makeMissing(folder);
  } catch (error) {
    throw refused(error, { setting, folder, missing: 'cannot be made there' });
  }
  requireFolder(folder, setting);
}

/** Throws `SettingsError`, which names `setting`, unless `folder` is there and can be written. */
export function requireFolder(folder: string, setting: string): void {
  try {
    // Of a file this says that it is no folder.
    accessSync(`${folder}/.`, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw refused(error, { setting, folder, missing: 'is not there: make it first' });
  }
}

/** Throws `SettingsError`, which names `setting`, where a folder is at the path of a file. */
export function refuseFolder(file: string, setting: string): void {
  if (!statSync(file, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new SettingsError(`${setting}: ${file} is a folder: name a file in it`);
}

/** One by one: below /proc the recursive form of Node never ends. */
function makeMissing(folder: string): void {
  if (existsSync(folder)) return;
  makeMissing(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process was quicker.
    if (Object(error).code !== 'EEXIST') throw error;
  }
}

function refused(
  error: unknown,
  { setting, folder, missing }: { setting: string; folder: string; missing: string },
): SettingsError {
  const { code } = Object(error);
  return new SettingsError(`${setting}: the folder ${folder} ${reason(code, missing)}`, {
    cause: error,
  });
}

function reason(code: unknown, missing: string): string {
  switch (code) {
    case 'ENOENT':
      return missing;
    case 'ENOTDIR':
      return 'is a file, or lies below one';
    case 'EACCES':
    case 'EPERM':
      return 'is not open to the user that runs this: it must be able to write there';
    case 'EROFS':
      return 'cannot be written: its disk is read-only';
    default:
      return `cannot be used (${code})`;
  }
}
