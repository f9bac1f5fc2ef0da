/**
 * Names in package-lock.json every package for another platform that a dependency may bring. npm leaves out those that the
 * registry it was asked of does not hold, and `npm ci` then refuses the file. Run it after a change of dependencies; with
 * `--check` it only says what is missing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface LockEntry {
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const file = join(import.meta.dirname, '../package-lock.json');
// npm's own file, of lockfile version 3.
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, LockEntry> };

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** Where a package of this name can be installed, read off the name as all of these packages have it. */
function platformOf(name: string) {
  const parts = name.split(/[-/]/);
  const os = parts.filter((part) => systems.includes(part));
  const cpu = parts.filter((part) => processors.includes(part));
  const libc = parts.some((part) => part.startsWith('musl')) ? ['musl'] : ['glibc'];
  const hasLibc = os.includes('linux') && parts.some((part) => /^(musl|gnu)/.test(part));
  return { ...(cpu.length > 0 && { cpu }), ...(hasLibc && { libc }), ...(os.length > 0 && { os }) };
}

const missing = Object.values(lock.packages).flatMap(({ dev, optionalDependencies = {} }) =>
  Object.entries(optionalDependencies)
    .filter(([name]) => !(`node_modules/${name}` in lock.packages))
    .map(([name, version]) => ({ name, version, dev })),
);

if (missing.length > 0 && process.argv.includes('--check')) {
  console.error(
    `package-lock.json does not name ${missing.map(({ name }) => name).join(', ')}: run node scripts/complete-lockfile.ts`,
  );
  process.exit(1);
}
for (const { name, version, dev } of missing) {
  lock.packages[`node_modules/${name}`] = {
    version,
    ...platformOf(name),
    ...(dev && { dev }),
    optional: true,
  } as LockEntry;
}
const sorted = Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(sorted);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
