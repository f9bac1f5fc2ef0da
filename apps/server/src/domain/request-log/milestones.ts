import type { Placeholders, Schema, Transaction } from '../../database/index.ts';
import { statement } from '../../database/index.ts';

/** Something that happens once in the life of a directory. */
export type Milestone = Schema['directory_milestones'];
export type MilestoneKind = Milestone['kind'];

const insertMilestone = statement('milestone.insert', (db, p: Placeholders<Milestone>) =>
  db
    .insertInto('directory_milestones')
    .values({
      directory_id: p.directory_id,
      kind: p.kind,
      request_id: p.request_id,
      subject_id: p.subject_id,
      subject_name: p.subject_name,
      at: p.at,
    })
    .onConflict((conflict) => conflict.columns(['directory_id', 'kind']).doNothing()),
);

/**
 * Writes milestones, each once: later ones of the same kind are passed over. What is known to be written costs no statement.
 */
export class Milestones {
  readonly #known = new Map<string, Set<MilestoneKind>>();

  /** Whether the milestone was reached, as far as this process knows. */
  isKnown(directoryId: string, kind: MilestoneKind): boolean {
    return this.#known.get(directoryId)?.has(kind) === true;
  }

  async record(tx: Transaction, milestone: Milestone): Promise<void> {
    const { directory_id, kind } = milestone;
    if (this.isKnown(directory_id, kind)) return;
    tx.send(insertMilestone, milestone);
    tx.afterCommit(() => this.#note(directory_id, kind));
  }

  #note(directoryId: string, kind: MilestoneKind): void {
    const kinds = this.#known.get(directoryId) ?? new Set();
    this.#known.set(directoryId, kinds.add(kind));
  }
}
