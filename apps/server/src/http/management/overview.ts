import { type Noteworthy, routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import type { DirectoryRow } from '../../domain/directories/index.ts';
import { readConsequences } from '../../domain/provisioning/index.ts';
import { notFound } from '../../domain/refusal.ts';
import {
  explain,
  gatheredHeadline,
  headlineOf,
  type NoteworthyRequest,
  readNoteworthy,
  readRequestDays,
  subjectKind,
} from '../../domain/request-log/index.ts';
import { instantOf } from '../../instant.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';

/** Events that the overview tells. */
const EVENTS = 10;

/** What a directory has been doing. */
export function registerOverview(app: FastifyInstance, context: Context): void {
  const { read } = context.database;
  registerRoute(app, context, routes.getOverview, policies.getOverview, async (call) => {
    const { directory, at } = call;
    if (directory === undefined) throw notFound('directory');
    const events = await readNoteworthy(read, directory.id, EVENTS);
    const ids = events.map(({ line }) => line.id);
    const followed = await readConsequences(read, directory.account_id, ids);
    return {
      requests: await readRequestDays(read, directory.id, at),
      noteworthy: events.map((event) =>
        noteworthyView(event, directory, followed.get(event.line.id) ?? []),
      ),
    };
  });
}

const severities = {
  changed: 'plain',
  unchanged: 'plain',
  refused: 'warning',
  failed: 'danger',
} as const;

function noteworthyView(
  { line, times, atLeast }: NoteworthyRequest,
  directory: DirectoryRow,
  followed: readonly string[],
): Noteworthy {
  const { subject_id: id, subject_name: name, explanation, detail } = line;
  const explained =
    explanation === null ? null : explain(explanation, detail, directory.provider).why;
  const many = times > 1;
  const headline = many
    ? gatheredHeadline(line, { times, atLeast }, directory.name)
    : headlineOf(line, directory.name);
  const told = line.outcome === 'changed' ? [headline, ...followed].join(' · ') : `${headline}.`;
  return {
    id: line.id,
    at: instantOf(line.at),
    severity: severities[line.outcome],
    sentence: told,
    detail: many ? 'The newest of them is under Request.' : explained,
    requestId: line.id,
    subject: id === null || many ? null : { kind: subjectKind(line.path), id, name: name ?? id },
  };
}
