import type { AppSettings } from '../store/settings.ts';
import { type List, type Resource, readList, readResource } from './answers.ts';
import { filterQuery } from './connection.ts';
import { ProvisioningError } from './errors.ts';
import type { Send } from './transport.ts';

/** What the sequences of every dialect work with. */
export interface Client {
  readonly settings: AppSettings;
  readonly send: Send;
}

/** `GET /Users/{id}`. */
export async function readUser({ send }: Client, id: string): Promise<Resource> {
  return readResource(await send({ method: 'GET', path: `/Users/${encodeURIComponent(id)}` }));
}

/** `PUT /Users/{id}`. */
export async function putUser({ send }: Client, id: string, body: unknown): Promise<void> {
  const path = `/Users/${encodeURIComponent(id)}`;
  readResource(await send({ method: 'PUT', path, body }));
}

/** A filtered list, first page of 100. A 404 counts as an empty list. */
export async function findByFilter(
  client: Client,
  noun: 'users' | 'groups',
  attribute: string,
  value: string,
): Promise<List> {
  const answer = await client.send({
    method: 'GET',
    path: noun === 'users' ? '/Users' : '/Groups',
    query: `${filterQuery(client.settings, attribute, value)}&startIndex=1&count=100`,
  });
  if (answer.status === 404) return { totalResults: 0, resources: [] };
  return readList(answer, noun);
}

/** The only resource of a list, undefined for none; several are a failure. */
export function theOnly(list: List, what: string): Resource | undefined {
  if (list.resources.length > 1) {
    throw new ProvisioningError('several_matches', `${list.resources.length} ${what} match`);
  }
  return list.resources[0];
}
