import type { ReviewItem } from '@rollcall/api';
import type { Reader, Schema } from '../../database/index.ts';
import { roleInWords } from '../accounts/index.ts';
import { documentOf, readUser, saidByRecord } from '../directory-users/index.ts';
import { readPerson } from '../memberships/index.ts';
import { numberInWords } from '../number-in-words.ts';
import { findTeamByName, readTeam } from '../teams/index.ts';
import { readCandidates } from './candidates.ts';
import { wantedName } from './decide-group.ts';

/** `filled`: a group fills the team that is here, so that it can be linked to no other. */
export type Sides = Pick<ReviewItem, 'said' | 'here'> & { readonly filled?: boolean };
type Row = Schema['effects'];

/** What the IdP sent, and who or what is here that it may be. */
export async function readSides(reader: Reader, accountId: string, row: Row): Promise<Sides> {
  if (row.directory_group_id !== null)
    return groupSides(reader, accountId, row, row.directory_group_id);
  if (row.directory_user_id === null) return { said: null, here: [] };
  return recordSides(reader, accountId, row, row.directory_user_id);
}

async function groupSides(
  reader: Reader,
  accountId: string,
  row: Row,
  groupId: string,
): Promise<Sides> {
  const { count } = await reader.query
    .selectFrom('directory_group_members')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('directory_id', '=', row.directory_id)
    .where('group_id', '=', groupId)
    .executeTakeFirstOrThrow();
  const name = wantedName(row.before);
  const own = `Its team is ${row.subject_name ?? name} now.`;
  const said: Sides['said'] = { kind: 'group', id: groupId, name, facts: [members(count), own] };
  const found = await findTeamByName(reader, accountId, name);
  if (found === undefined) return { said, here: [] };
  const team = await readTeam(reader, accountId, found.id);
  if (team === undefined) return { said, here: [] };
  const organizations = team.organizations.map((organization) => organization.name);
  const facts = [
    members(team.members),
    organizations.length === 0
      ? 'Linked to no organization.'
      : `Gives ${new Intl.ListFormat('en').format(organizations)}.`,
    ...(found.linked ? ['Another group fills it: to link this one, unlink that one first.'] : []),
  ];
  return { said, here: [{ id: team.id, name: team.name, facts }], filled: found.linked };
}

function members(count: number): string {
  return count === 1 ? '1 member.' : `${numberInWords(count)} members.`;
}

async function recordSides(
  reader: Reader,
  accountId: string,
  row: Row,
  recordId: string,
): Promise<Sides> {
  const record = await readUser(reader, row.directory_id, recordId);
  if (record === undefined) return { said: null, here: [] };
  const { userName, externalId, emails } = saidByRecord(
    { ...record, user_id: null, link: 'none' },
    documentOf(record),
  );
  const addresses = emails.filter((address) => address !== userName);
  const said: Sides['said'] = {
    kind: 'person',
    id: recordId,
    name: record.label,
    facts: [userName, ...addresses, ...(externalId === null ? [] : [`externalId ${externalId}`])],
  };
  if (row.kind === 'user_name_conflict') {
    return { said: { ...said, facts: [...said.facts, 'Inactive.'] }, here: [] };
  }
  const here = await peopleHere(reader, accountId, row, recordId);
  return { said, here };
}

/** Conflicts have people to choose from; other questions are about whom the record is tied to. */
async function peopleHere(reader: Reader, accountId: string, row: Row, recordId: string) {
  const { directory_id: directoryId, user_id: userId, kind } = row;
  const conflict = kind === 'owner_conflict' || kind === 'user_conflict';
  const known = userId === null ? [] : [userId];
  const ids = conflict
    ? await readCandidates(reader, { accountId, directoryId, recordId, userId })
    : known;
  const here: ReviewItem['here'] = [];
  for (const id of ids) {
    const person = await readPerson(reader, accountId, id);
    if (person === undefined) {
      here.push({ id, name: await nameOf(reader, id), facts: ['Not in this account yet.'] });
      continue;
    }
    const { name, email, role, state } = person;
    const standing =
      state === 'active' ? `${sentenceCase(roleInWords(role))}.` : `${sentenceCase(state)}.`;
    here.push({ id, name, facts: [...(email === '' ? [] : [email]), standing] });
  }
  return here;
}

async function nameOf(reader: Reader, userId: string): Promise<string> {
  const user = await reader.query
    .selectFrom('users')
    .select('name')
    .where('id', '=', userId)
    .executeTakeFirst();
  return user?.name ?? '';
}

function sentenceCase(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
