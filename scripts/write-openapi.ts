/** Writes `docs/openapi.json`, the description of the management API. A test holds the file to the contract. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeApi } from '../apps/server/src/http/management/openapi.ts';

const file = join(import.meta.dirname, '../docs/openapi.json');
writeFileSync(file, `${JSON.stringify(describeApi(), null, 2)}\n`);
