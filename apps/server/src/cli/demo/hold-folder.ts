import { resolve } from 'node:path';
import { makeFolder } from '../folder.ts';
import { lockFolder } from './lock.ts';
import { type DemoMemory, recall } from './memory.ts';

/** The folder of a demo, which no other demo has meanwhile. */
export interface HeldFolder {
  readonly path: string;
  /** What the start before this one left, if any. */
  readonly known: DemoMemory | undefined;
  readonly release: () => void;
}

/**
 * Makes the folder of `--data` where it is missing, and holds it. Throws `SettingsError` where it cannot be written, and
 * `UsageError` where it is not a demo's or another demo runs on it.
 */
export function holdFolder(folder: string): HeldFolder {
  const path = resolve(folder);
  makeFolder(path, '--data');
  // Before the lock too, which is a file: nothing is written beside somebody's data.
  recall(path);
  const release = lockFolder(path);
  try {
    return { path, known: recall(path), release };
  } catch (error) {
    release();
    throw error;
  }
}
