import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(import.meta.dirname, '../..');
const [, , image = ''] = readFileSync(join(root, 'Dockerfile'), 'utf8').split(/^(?=FROM )/m);

interface LockedPackage {
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly resolved?: string;
}

/** Lays the files of the Dockerfile's image out in a folder, with the packages that `npm prune --omit=dev` leaves. */
export function layOutImage(folder: string): void {
  const copies = image.matchAll(/^COPY --from=build (.+) (\S+)$/gm);
  for (const [, sources = '', to = ''] of copies) {
    for (const path of sources.split(' ').map((source) => relative('/rollcall', source))) {
      const target = to.endsWith('/') ? join(folder, to, path) : join(folder, to);
      if (path === 'node_modules') layOutPackages(folder);
      else cpSync(join(root, path), target, { recursive: true, filter: isOurs });
    }
  }
}

function isOurs(path: string): boolean {
  return !relative(root, path).split('/').includes('node_modules');
}

/** The image's own Node is none of them, and a package of another platform is locked but not installed. */
function layOutPackages(folder: string): void {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const { packages } = JSON.parse(lock) as { packages: Record<string, LockedPackage> };
  for (const [path, { dev = false, link = false, resolved = '' }] of Object.entries(packages)) {
    if (dev || !path.startsWith('node_modules/') || path.startsWith('node_modules/node-')) continue;
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    if (link) symlinkSync(relative(dirname(target), join(folder, resolved)), target);
    else if (existsSync(join(root, path))) cpSync(join(root, path), target, { recursive: true });
  }
}

/** The words of one of the image's instructions, which it writes as JSON. */
export function wordsOf(instruction: 'CMD' | 'HEALTHCHECK'): readonly string[] {
  const pattern =
    instruction === 'CMD' ? /^CMD (\[.*\])$/m : /^HEALTHCHECK .*\\\n {2}CMD (\[.*\])$/m;
  return JSON.parse(pattern.exec(image)?.[1] ?? '[]');
}
