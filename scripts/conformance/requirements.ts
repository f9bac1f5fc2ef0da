import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A requirement of the SCIM standards or of ours on top of them (a star), in a few words. */
export interface Requirement {
  readonly id: string;
  readonly level: 'MUST' | 'MUST NOT' | 'MUST*' | 'SHOULD' | 'SHOULD*' | 'MAY';
  readonly summary: string;
  /** Why no test can show it here. */
  readonly notApplicable?: string;
  /** What is missing. */
  readonly notImplemented?: string;
}

/** The requirements that a test title may cite. */
export function readRequirements(): readonly Requirement[] {
  const file = join(import.meta.dirname, '../../docs/scim-requirements.json');
  // Written by hand in this form.
  return JSON.parse(readFileSync(file, 'utf8')) as Requirement[];
}
