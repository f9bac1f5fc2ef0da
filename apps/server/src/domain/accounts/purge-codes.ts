import type { Transaction } from '../../database/index.ts';
import { day } from '../../duration.ts';

/** How long a code that opens nothing any more is kept, so that whoever enters it late is told why it fails. */
export const codeRetention = 90 * day;

/** Deletes set-up links that were spent or ran out, and activation codes that nobody used in time; long ago. */
export async function purgeCodes(tx: Transaction, at: number): Promise<void> {
  const before = at - codeRetention;
  await tx.query
    .deleteFrom('setup_links')
    .where((eb) => eb.or([eb('used_at', '<=', before), eb('expires_at', '<=', before)]))
    .execute();
  await tx.query
    .deleteFrom('activation_codes')
    .where('used_at', 'is', null)
    .where('expires_at', '<=', before)
    .execute();
}
