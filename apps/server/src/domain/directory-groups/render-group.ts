import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Reader } from '../../database/index.ts';
import { locationOf, spliceParts } from '../directory-resources/index.ts';
import { type MemberRow, readMemberChunk } from './member-rows.ts';
import type { StoredGroup } from './stored-group.ts';

/** Members of one statement; read and written in about 3 ms. */
const CHUNK = 1_000;

/**
 * A complete SCIM group as text, in pieces: a large membership is read in finished statements, and the event loop goes on
 * between two of them. Most groups are one piece.
 */
export async function* renderGroup(
  read: Reader,
  directoryId: string,
  baseUrl: string,
  group: StoredGroup,
  withMembers: boolean,
): AsyncGenerator<string, void, undefined> {
  const { start, end } = spliceParts(group.document, {
    resourceType: 'Group',
    baseUrl,
    id: group.id,
    version: group.version,
    createdAt: group.created_at,
    lastModifiedAt: group.last_modified_at,
  });
  if (!withMembers) {
    yield start + end;
    return;
  }
  let piece = start;
  let opened = false;
  let after: string | undefined = '';
  while (after !== undefined) {
    const chunk: Awaited<ReturnType<typeof readMemberChunk>> = await readMemberChunk(read, {
      directoryId,
      groupId: group.id,
      after,
      limit: CHUNK,
    });
    if (chunk.members.length > 0) {
      piece += `${opened ? ',' : ',"members":['}${membersText(chunk.members, baseUrl)}`;
      opened = true;
    }
    after = chunk.last;
    if (after === undefined) break;
    yield piece;
    piece = '';
    await nextTurn();
  }
  yield piece + (opened ? ']' : '') + end;
}

/** {@link renderGroup} in one text. */
export async function renderWholeGroup(
  read: Reader,
  directoryId: string,
  baseUrl: string,
  group: StoredGroup,
  withMembers: boolean,
): Promise<string> {
  let text = '';
  for await (const piece of renderGroup(read, directoryId, baseUrl, group, withMembers)) {
    text += piece;
  }
  return text;
}

function membersText(members: readonly MemberRow[], baseUrl: string): string {
  let text = '';
  for (const { member_id, member_type, label } of members) {
    const separator = text === '' ? '' : ',';
    text += `${separator}{"value":"${member_id}","$ref":${JSON.stringify(locationOf(baseUrl, member_type, member_id))},"display":${JSON.stringify(label)},"type":"${member_type}"}`;
  }
  return text;
}
