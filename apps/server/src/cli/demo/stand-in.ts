import { appId, buildStandIn, developmentApiToken } from '@rollcall/stand-in-idp';

/** A stand-in IdP that listens on loopback. */
export interface OpenStandIn {
  readonly server: Awaited<ReturnType<typeof buildStandIn>>;
  readonly url: string;
  readonly appId: string;
  readonly apiToken: string;
  /** Calls the stand-in's own control API. */
  control(path: string, body?: Record<string, unknown>): Promise<void>;
  firstPersonId(): Promise<string>;
}

/** Opens the stand-in on its own data file. */
export async function openStandIn(dataFile: string, port: number): Promise<OpenStandIn> {
  const server = await buildStandIn({ dataFile });
  const url = await server.listen({ host: '127.0.0.1', port }).catch(async (error) => {
    await server.close();
    throw error;
  });
  const control = callerOf(url);
  const firstPersonId = async () => (await stateOf(url)).people[0]?.id ?? '';
  return { server, url, appId, apiToken: developmentApiToken, control, firstPersonId };
}

/** Sample people who are assigned, and the group that is pushed. */
const assigned = 2;

/**
 * Fills in the app's Provisioning tab as the how-to says, with Update User Attributes too, assigns two people and pushes a
 * group, through the stand-in's own control API.
 */
export async function provisionSamples(
  standIn: OpenStandIn,
  baseUrl: string,
  token: string,
): Promise<void> {
  const { control: call, url } = standIn;
  await call('/app/configure', { baseUrl, token });
  await call('/app', { toApp: { updateUserAttributes: true } });
  const { people, groups } = await stateOf(url);
  for (const { id } of people.slice(0, assigned)) await call(`/people/${id}/assign`);
  const [group] = groups;
  if (group !== undefined) await call(`/groups/${group.id}/push`);
}

function callerOf(url: string) {
  return async (path: string, body: Record<string, unknown> = {}): Promise<void> => {
    const answer = await fetch(`${url}/control${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`the stand-in refused ${path}: ${await answer.text()}`);
  };
}

interface StandInState {
  readonly people: readonly { readonly id: string }[];
  readonly groups: readonly { readonly id: string }[];
}

async function stateOf(url: string): Promise<StandInState> {
  const answer = await fetch(`${url}/control/state`);
  // The stand-in's documented answer.
  return (await answer.json()) as StandInState;
}
