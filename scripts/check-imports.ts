/**
 * Imports run one way (docs/decisions/0003-one-way-imports.md). Reads every import of every source file and lists those
 * that point against the direction; exits 1 where there is one.
 */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

interface Rule {
  /** The folder that the rule speaks of. */
  readonly from: string;
  /** Folders of ours that it may import, besides itself. */
  readonly may: readonly string[];
}

const server = 'apps/server/src';

/** What every layer stands on: ids, secrets, times. They import nothing of ours. */
const ground = ['uuid-v7', 'secret', 'secret-box', 'duration', 'instant'].map(
  (name) => `${server}/${name}.ts`,
);

/** The first rule whose folder holds the file decides. */
const rules: readonly Rule[] = [
  { from: 'packages/scim', may: [] },
  { from: 'packages/sso', may: [] },
  { from: 'packages/api', may: [] },
  { from: 'apps/console', may: ['packages/api'] },
  { from: 'apps/stand-in-idp', may: [] },
  { from: `${server}/database`, may: ['packages/scim', ...ground] },
  { from: `${server}/mail`, may: ['packages/api', `${server}/database`, ...ground] },
  {
    from: `${server}/domain`,
    may: ['packages', `${server}/database`, `${server}/mail`, ...ground],
  },
  { from: `${server}/http`, may: ['packages', server] },
  { from: `${server}/jobs`, may: ['packages', server] },
  { from: 'apps/server', may: ['packages', 'apps/stand-in-idp'] },
  { from: 'e2e', may: ['packages', 'apps'] },
  { from: 'bench', may: ['packages', 'apps'] },
  { from: 'scripts', may: ['packages', 'apps'] },
];

/** Below the rule of their layer: `http` and `jobs` are surfaces and never import each other. */
const forbidden: readonly { from: string; to: string }[] = [
  { from: `${server}/http`, to: `${server}/jobs` },
  { from: `${server}/http`, to: `${server}/cli` },
  { from: `${server}/jobs`, to: `${server}/http` },
  { from: `${server}/jobs`, to: `${server}/cli` },
];

const workspaces: Readonly<Record<string, string>> = {
  '@rollcall/scim': 'packages/scim',
  '@rollcall/sso': 'packages/sso',
  '@rollcall/api': 'packages/api',
  '@rollcall/server': 'apps/server',
  '@rollcall/stand-in-idp': 'apps/stand-in-idp',
  '@rollcall/console': 'apps/console',
};

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

const root = join(import.meta.dirname, '..');
const within = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);

/** Where an import leads inside this repository; undefined for what is not ours. */
function targetOf(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return normalize(join(dirname(file), specifier));
  const name = specifier.split('/').slice(0, 2).join('/');
  const folder = workspaces[name];
  return folder === undefined ? undefined : folder + specifier.slice(name.length);
}

/** Why `file` may not import `target`; undefined where it may. */
function objection(file: string, target: string): string | undefined {
  const rule = rules.find(({ from }) => within(file, from));
  if (rule === undefined || isTest(file)) return undefined;
  const broken = forbidden.find(({ from, to }) => within(file, from) && within(target, to));
  if (broken !== undefined) return `${broken.from} may not import ${broken.to}`;
  const allowed = [rule.from, ...rule.may].some((folder) => within(target, folder));
  if (!allowed) return `${rule.from} may not import ${target}`;
  return pastTheIndex(file, target);
}

/** A domain folder is entered through its index. */
function pastTheIndex(file: string, target: string): string | undefined {
  const domain = `${server}/domain/`;
  if (!target.startsWith(domain)) return undefined;
  const [capability = '', inside] = target.slice(domain.length).split('/');
  // A file beside the folders is shared by all of them.
  if (inside === undefined && target.endsWith('.ts')) return undefined;
  if (within(file, domain + capability) || target === `${domain}${capability}/index.ts`)
    return undefined;
  return `import ${capability} through its index.ts`;
}

/** Tests may import what they test with; those of the witness are as independent as it is. */
const isTest = (file: string) =>
  /\.test\.tsx?$|\/test\//.test(file) && !within(file, 'apps/stand-in-idp');

const files = globSync('{packages,apps,e2e,bench,scripts}/**/*.{ts,tsx}', {
  cwd: root,
  exclude: (path) => /node_modules|dist|peers/.test(path),
}).map((path) => relative(root, join(root, path)));

const complaints = files.flatMap((file) => {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(importPattern)].flatMap((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    const target = targetOf(file, specifier);
    const why = target === undefined ? undefined : objection(file, target);
    return why === undefined ? [] : [`${file}: "${specifier}": ${why}`];
  });
});

for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) process.exit(1);
