import { type DirectoryPerson, routes } from '@rollcall/api';
import { isObject, type JsonObject } from '@rollcall/scim';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { previewRelease, releaseUserName } from '../../domain/decisions/index.ts';
import { connectorUrl } from '../../domain/directories/index.ts';
import { spliceResource } from '../../domain/directory-resources/index.ts';
import {
  documentOf,
  listPeople,
  type PersonRecord,
  personState,
  readGrants,
  readGroupsOf,
  readPersonRecord,
} from '../../domain/directory-users/index.ts';
import { notFound } from '../../domain/refusal.ts';
import { instantOf } from '../../instant.ts';
import { actOf } from './directory-act.ts';
import { readEffectEntries } from './effect-entries.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';

/** The directory users of a directory: what its IdP says of people, and what that grants. */
export function registerPeople(app: FastifyInstance, context: Context): void {
  const { read } = context.database;

  registerRoute(app, context, routes.listPeople, policies.listPeople, async ({ params, query }) => {
    const { people, nextCursor } = await listPeople(read, { ...params, ...query }, query);
    return { items: people.map(personView), nextCursor };
  });

  registerRoute(app, context, routes.getPerson, policies.getPerson, async ({ params }) => {
    const { accountId, directoryId, directoryUserId } = params;
    const record = await readPersonRecord(read, params, directoryUserId);
    if (record === undefined) throw notFound('person');
    return {
      ...personView(record),
      resource: resourceOf(context, directoryId, record),
      groups: await readGroupsOf(read, directoryId, record.id),
      grants: await readGrants(read, accountId, record.user_id),
      timeline: await readEffectEntries(read, { accountId, directoryId, subjectId: record.id }),
    };
  });

  registerRoute(
    app,
    context,
    routes.previewUserNameRelease,
    policies.previewUserNameRelease,
    (call) => previewRelease(read, { ...call.params, recordId: call.params.directoryUserId }),
  );

  registerRoute(app, context, routes.releaseUserName, policies.releaseUserName, async (call) => {
    const act = { ...actOf(call), recordId: call.params.directoryUserId };
    await context.database.write((tx) => releaseUserName(tx, act));
    return {};
  });
}

function personView(record: PersonRecord): DirectoryPerson {
  const { user_id: userId, label } = record;
  return {
    id: record.id,
    name: label,
    userName: userNameOf(documentOf(record)),
    externalId: record.external_id,
    state: personState(record),
    user: userId === null ? null : { id: userId, name: record.person_name ?? label },
    changedAt: instantOf(record.deleted_at ?? record.last_modified_at),
  };
}

function userNameOf({ userName }: JsonObject): string {
  return typeof userName === 'string' ? userName : '';
}

/** What SCIM answers for the record; what was purged of a tombstone is missing here too. */
function resourceOf(
  { settings }: Context,
  directoryId: string,
  record: PersonRecord,
): Record<string, unknown> {
  const text = spliceResource(record.document, {
    resourceType: 'User',
    baseUrl: connectorUrl(settings.publicUrl, directoryId),
    id: record.id,
    version: record.version,
    createdAt: record.created_at,
    lastModifiedAt: record.last_modified_at,
  });
  const resource = JSON.parse(text);
  return isObject(resource) ? resource : {};
}
