import { randomUUID } from 'node:crypto';
import { readList } from './answers.ts';
import type { Client } from './client.ts';
import { filterQuery } from './connection.ts';
import { ProvisioningError } from './errors.ts';

/** What the admin reads after "Test Connector Configuration". */
export interface ProbeResult {
  readonly ok: boolean;
  readonly message: string;
}

/** Sends the test requests of the app's dialect (Okta: section 2; Entra: Test Connection) and gives the verdict. */
export async function testConnector(client: Client): Promise<ProbeResult> {
  try {
    if (client.settings.mode === 'entra') await probeEntra(client);
    else await probeOkta(client);
    return { ok: true, message: 'Connector configured successfully' };
  } catch (error) {
    if (!(error instanceof ProvisioningError)) throw error;
    return { ok: false, message: verdict(error) };
  }
}

function verdict(error: ProvisioningError): string {
  if (['unreachable', 'timeout', 'unauthorized'].includes(error.code)) {
    return `Error authenticating: ${error.message}`;
  }
  return error.message;
}

async function probeOkta({ send, settings }: Client): Promise<void> {
  readList(await send({ method: 'GET', path: '/Users', query: 'startIndex=1&count=2' }), 'users');
  const { pushGroups, importGroups } = settings.integration;
  if (!pushGroups && !importGroups) return;
  readList(
    await send({ method: 'GET', path: '/Groups', query: 'startIndex=1&count=100' }),
    'groups',
  );
}

async function probeEntra({ send, settings }: Client): Promise<void> {
  const nobody = filterQuery(settings, 'userName', randomUUID());
  readList(await send({ method: 'GET', path: '/Users', query: nobody }), 'users');
  if (!settings.integration.pushGroups) return;
  const query = `excludedAttributes=members&${filterQuery(settings, 'displayName', randomUUID())}`;
  readList(await send({ method: 'GET', path: '/Groups', query }), 'groups');
}
