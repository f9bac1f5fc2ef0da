import { z } from 'zod';
import { id } from './common.ts';
import * as directory from './directory.ts';
import { route } from './route.ts';
import * as extension from './schema-extension.ts';

const inAccount = z.object({ accountId: id });
const inDirectory = z.object({ accountId: id, directoryId: id });
const accountPath = '/accounts/:accountId';
const directoryPath = '/accounts/:accountId/directories/:directoryId';

/** SCIM: one directory and its life. */
export const directoryRoutes = {
  getScim: route({
    method: 'GET',
    path: `${accountPath}/scim`,
    summary: 'Requirements and directories',
    params: inAccount,
    response: directory.scim,
  }),
  enableScim: route({
    method: 'POST',
    path: `${accountPath}/directories`,
    summary:
      'Turn SCIM on: make the directory and its first token, which is shown only here; needs a fresh local factor',
    status: 201,
    secret: true,
    params: inAccount,
    body: directory.enableBody,
    response: directory.issuedToken,
  }),
  getDirectory: route({
    method: 'GET',
    path: directoryPath,
    summary: 'One directory: health, tokens, milestones, counts',
    params: inDirectory,
    response: directory.directory,
  }),
  updateDirectory: route({
    method: 'PATCH',
    path: directoryPath,
    summary: 'Change name, provider or policies',
    params: inDirectory,
    body: directory.settingsBody,
    response: directory.directory,
  }),
  getSchemaExtensions: route({
    method: 'GET',
    path: `${directoryPath}/schema-extensions`,
    summary: 'The attributes that a directory has beyond those of SCIM',
    params: inDirectory,
    response: extension.schemaExtensions,
  }),
  replaceSchemaExtensions: route({
    method: 'PUT',
    path: `${directoryPath}/schema-extensions`,
    summary:
      'Define the attributes that a directory has beyond those of SCIM; needs a fresh local factor',
    params: inDirectory,
    body: extension.schemaExtensionsBody,
    response: extension.schemaExtensions,
  }),
  turnOn: route({
    method: 'POST',
    path: `${directoryPath}/turn-on`,
    summary:
      'Turn a directory on again with a new token; the connector URL stays; needs a fresh local factor',
    params: inDirectory,
    body: directory.turnOnBody,
    response: directory.issuedToken,
  }),
  previewDisable: route({
    method: 'GET',
    path: `${directoryPath}/disable-preview`,
    summary: 'What turning SCIM off would do, counted now',
    params: inDirectory,
    response: directory.disablePreview,
  }),
  disable: route({
    method: 'POST',
    path: `${directoryPath}/disable`,
    summary: 'Turn SCIM off and decide what happens to its people; needs a fresh local factor',
    params: inDirectory,
    body: directory.disableBody,
    response: directory.directory,
  }),
  refreshToken: route({
    method: 'POST',
    path: `${directoryPath}/tokens`,
    summary: 'Make a new token, which is shown only here; needs a fresh local factor',
    status: 201,
    secret: true,
    params: inDirectory,
    body: directory.refreshTokenBody,
    response: directory.issuedToken,
  }),
  revokeToken: route({
    method: 'POST',
    path: `${directoryPath}/tokens/:tokenId/revoke`,
    summary: 'End a token now; needs a fresh local factor',
    params: inDirectory.extend({ tokenId: id }),
    response: directory.directory,
  }),
  getOverview: route({
    method: 'GET',
    path: `${directoryPath}/overview`,
    summary: 'Requests of 30 days and the last noteworthy events',
    params: inDirectory,
    response: directory.overview,
  }),
  listPeople: route({
    method: 'GET',
    path: `${directoryPath}/people`,
    summary: 'Directory users',
    params: inDirectory,
    query: directory.directoryPeopleQuery,
    response: directory.directoryPersonPage,
  }),
  getPerson: route({
    method: 'GET',
    path: `${directoryPath}/people/:directoryUserId`,
    summary: 'What the IdP says of a person, what it grants, and its timeline',
    params: inDirectory.extend({ directoryUserId: id }),
    response: directory.directoryPersonDetail,
  }),
  listGroups: route({
    method: 'GET',
    path: `${directoryPath}/groups`,
    summary: 'Directory groups',
    params: inDirectory,
    query: directory.directoryGroupsQuery,
    response: directory.directoryGroupPage,
  }),
  getGroup: route({
    method: 'GET',
    path: `${directoryPath}/groups/:directoryGroupId`,
    summary: 'One directory group',
    params: inDirectory.extend({ directoryGroupId: id }),
    response: directory.directoryGroupDetail,
  }),
  listRequests: route({
    method: 'GET',
    path: `${directoryPath}/requests`,
    summary: 'The request log, newest first',
    params: inDirectory,
    query: directory.requestQuery,
    response: directory.requestPage,
  }),
  getRequest: route({
    method: 'GET',
    path: `${directoryPath}/requests/:requestId`,
    summary: 'One request: outcome, explanation, difference, redacted bodies',
    params: inDirectory.extend({ requestId: id }),
    response: directory.requestDetail,
  }),
} as const;
