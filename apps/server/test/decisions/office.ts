import type { Decision } from '@rollcall/api';
import type { Database } from '../../src/database/index.ts';
import {
  decide,
  linkGroup,
  listReview,
  previewLink,
  releaseUserName,
  type TeamChoice,
  unlinkGroup,
} from '../../src/domain/decisions/index.ts';
import { readAccess } from '../../src/domain/organizations/index.ts';
import { finishRelease, startRelease } from '../../src/domain/provisioning/index.ts';
import { addMember, changeTeamAccess, createTeam } from '../../src/domain/teams/index.ts';
import { newId } from '../../src/uuid-v7.ts';
import { fixtureTime, type SeededAccount } from '../support/fixtures.ts';

/** An owner who decides below HTTP, about one account and its directory. */
export function office(database: Database, account: SeededAccount) {
  const { accountId, directoryId } = account;
  const actor = { kind: 'user', id: account.ownerId, name: 'Olivia Owner' } as const;
  let at = fixtureTime + 3_600_000;
  const act = () => {
    at += 1000;
    return { accountId, directoryId, actor, actorRole: 'owner' as const, at };
  };
  const teamRow = (id: string) =>
    database.read.query
      .selectFrom('teams')
      .select(['name', 'origin', 'directory_group_id'])
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .executeTakeFirst();
  return {
    act,
    teamRow,
    async team(
      name: string,
      members: readonly string[] = [],
      organizations: readonly string[] = [],
    ) {
      const id = await database.write((tx) => createTeam(tx, { ...act(), name, description: '' }));
      for (const userId of members) {
        await database.write((tx) => addMember(tx, { ...act(), teamId: id, userId }));
      }
      if (organizations.length > 0) await this.access(id, { organizationIds: organizations });
      return id;
    },
    access: (
      teamId: string,
      choice: Partial<{
        role: 'admin' | 'member';
        idpDecidesAlone: boolean;
        organizationIds: readonly string[];
      }>,
    ) =>
      database.write((tx) =>
        changeTeamAccess(tx, {
          ...act(),
          teamId,
          role: 'member',
          idpDecidesAlone: false,
          organizationIds: [],
          ...choice,
        }),
      ),
    async organization(name: string) {
      const id = newId(at);
      await database.write((tx) =>
        tx.query
          .insertInto('organizations')
          .values({ account_id: accountId, id, name, created_at: at })
          .execute(),
      );
      return id;
    },
    preview: (groupId: string, choice: TeamChoice) =>
      previewLink(database.read, { accountId, directoryId, groupId, choice, at }),
    link: (groupId: string, choice: TeamChoice) =>
      database.write((tx) => linkGroup(tx, { ...act(), groupId, choice })),
    unlink: (groupId: string) => database.write((tx) => unlinkGroup(tx, { ...act(), groupId })),
    release: (recordId: string) =>
      database.write((tx) => releaseUserName(tx, { ...act(), recordId })),
    async turnOff(people: 'keep' | 'deactivate') {
      const { at: now, ...release } = act();
      await database.write((tx) => startRelease(tx, { ...release, people, at: now }));
      await finishRelease(database, directoryId, () => now);
    },
    async review() {
      const { items } = await listReview(database.read, { accountId, directoryId, limit: 100 });
      return items;
    },
    decide: (effectIds: readonly string[], decision: Decision, userId?: string) =>
      database.write((tx) => decide(tx, { ...act(), effectIds, decision, userId })),
    /** "Passengers: member", for everything that a person may use. */
    async accessOf(userId: string) {
      const ways = await readAccess(database.read, accountId, userId);
      const named = ways.filter(({ organization }) => organization !== null);
      return [...new Set(named.map(({ organization, role }) => `${organization?.name}: ${role}`))];
    },
    async membersOf(teamId: string) {
      const rows = await database.read.query
        .selectFrom('team_members as m')
        .innerJoin('users as u', 'u.id', 'm.user_id')
        .select(['u.name', 'm.source_kind'])
        .where('m.account_id', '=', accountId)
        .where('m.team_id', '=', teamId)
        .orderBy('u.name')
        .execute();
      return rows.map(({ name, source_kind }) => `${name}: ${source_kind}`);
    },
    async audited() {
      const rows = await database.read.query
        .selectFrom('audit_events')
        .select('action')
        .where('account_id', '=', accountId)
        .where('actor_kind', '=', 'user')
        .orderBy('id')
        .execute();
      return rows.map(({ action }) => action);
    },
  };
}
