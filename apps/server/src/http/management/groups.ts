import { type DirectoryGroup, routes } from '@rollcall/api';
import { isObject } from '@rollcall/scim';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import {
  linkGroup,
  previewLink,
  previewUnlink,
  unlinkGroup,
} from '../../domain/decisions/index.ts';
import { connectorUrl } from '../../domain/directories/index.ts';
import {
  type GroupRecord,
  listGroupRecords,
  readGroupRecord,
  syncTeamOffers,
} from '../../domain/directory-groups/index.ts';
import { spliceResource } from '../../domain/directory-resources/index.ts';
import { notFound } from '../../domain/refusal.ts';
import { instantOf } from '../../instant.ts';
import { actOf } from './directory-act.ts';
import { readEffectEntries } from './effect-entries.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';

/** The groups of a directory and the teams that follow them. */
export function registerGroups(app: FastifyInstance, context: Context): void {
  const { read } = context.database;

  registerRoute(app, context, routes.listGroups, policies.listGroups, async ({ params, query }) => {
    const { groups, nextCursor } = await listGroupRecords(read, { ...params, ...query }, query);
    return { items: groups.map(groupView), nextCursor };
  });

  registerRoute(app, context, routes.getGroup, policies.getGroup, async ({ params }) => {
    const { accountId, directoryId, directoryGroupId } = params;
    const record = await readGroupRecord(read, params, directoryGroupId);
    if (record === undefined) throw notFound('group');
    return {
      ...groupView(record),
      resource: resourceOf(context, directoryId, record),
      timeline: await readEffectEntries(read, { accountId, directoryId, subjectId: record.id }),
    };
  });

  registerRoute(app, context, routes.previewLinkGroup, policies.previewLinkGroup, (call) => {
    const { params, body: choice, at } = call;
    return previewLink(read, { ...params, groupId: params.directoryGroupId, choice, at });
  });

  registerRoute(app, context, routes.linkGroup, policies.linkGroup, async (call) => {
    const act = { ...actOf(call), groupId: call.params.directoryGroupId, choice: call.body };
    const team = await context.database.write(async (tx) => {
      const linked = await linkGroup(tx, act);
      await syncTeamOffers(tx, act.accountId, act.at);
      return linked;
    });
    return { team };
  });

  registerRoute(app, context, routes.previewUnlinkGroup, policies.previewUnlinkGroup, (call) =>
    previewUnlink(read, { ...call.params, groupId: call.params.directoryGroupId }),
  );

  registerRoute(app, context, routes.unlinkGroup, policies.unlinkGroup, async (call) => {
    const act = { ...actOf(call), groupId: call.params.directoryGroupId };
    await context.database.write(async (tx) => {
      await unlinkGroup(tx, act);
      await syncTeamOffers(tx, act.accountId, act.at);
    });
    return {};
  });
}

function groupView(record: GroupRecord): DirectoryGroup {
  const { team_id: teamId, label } = record;
  return {
    id: record.id,
    displayName: label,
    externalId: record.external_id,
    members: Number(record.members),
    team: teamId === null ? null : { id: teamId, name: record.team_name ?? label },
    state: stateOf(record),
    changedAt: instantOf(record.deleted_at ?? record.last_modified_at),
  };
}

function stateOf(record: GroupRecord): DirectoryGroup['state'] {
  if (record.deleted_at !== null) return 'deleted';
  if (record.conflict === 1) return 'conflict';
  return record.team_id === null ? 'unlinked' : 'linked';
}

/** What SCIM answers for the group, without its members, who may be many. */
function resourceOf(
  { settings }: Context,
  directoryId: string,
  record: GroupRecord,
): Record<string, unknown> {
  const text = spliceResource(record.document, {
    resourceType: 'Group',
    baseUrl: connectorUrl(settings.publicUrl, directoryId),
    id: record.id,
    version: record.version,
    createdAt: record.created_at,
    lastModifiedAt: record.last_modified_at,
  });
  const resource = JSON.parse(text);
  return isObject(resource) ? resource : {};
}
