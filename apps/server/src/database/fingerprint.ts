import { hash } from 'node:crypto';
import type { Engine } from './dialect/column-types.ts';
import type { SchemaStep } from './migrations/index.ts';

/** A digest of what a step runs on an engine. Line breaks and indents do not count, so that a formatter changes nothing. */
export function fingerprint(step: Pick<SchemaStep, 'statements'>, engine: Engine): string {
  const statements = step.statements(engine).map((text) => text.replace(/\n\s*/g, ' '));
  return hash('sha256', statements.join('\n'));
}
