import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where Debian and its descendants put the server, a folder a version. */
const DEBIAN_FOLDER = '/usr/lib/postgresql';

/** The newest version whose server binaries are installed, or undefined. */
export function findServer(): { readonly folder: string; readonly version: number } | undefined {
  if (!existsSync(DEBIAN_FOLDER)) return undefined;
  const [version] = readdirSync(DEBIAN_FOLDER)
    .map(Number)
    .filter((candidate) => existsSync(join(DEBIAN_FOLDER, String(candidate), 'bin/initdb')))
    .sort((a, b) => b - a);
  if (version === undefined) return undefined;
  return { folder: join(DEBIAN_FOLDER, String(version), 'bin'), version };
}

/** The ids to run the server under: PostgreSQL refuses to be run by root. Empty for an ordinary user. */
export function ordinaryUser(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('root needs an account named postgres or nobody to run PostgreSQL under');
}
