import { fetchText, type PrivateHosts } from '../domain/outgoing/index.ts';
import { Refusal } from '../domain/refusal.ts';
import {
  type DueMetadata,
  listEndingCertificates,
  type MetadataAnswer,
  noteEndingCertificate,
  purgeSignIns,
  readDueMetadata,
  refreshMetadata,
} from '../domain/sso-connections/index.ts';
import { hour, minute } from '../duration.ts';
import { mailOwners } from '../mail/owners.ts';
import { certificateEndsMail, metadataFailsMail } from '../mail/sso.ts';
import type { Job, JobContext } from './job.ts';

/** Addresses of one run. */
const MOST = 20;

/** Fetches the metadata of IdPs again, so that a new certificate is trusted before it is used. */
export const metadataJob: Job = {
  name: 'sso-metadata',
  every: 10 * minute,
  async run(context) {
    const due = await readDueMetadata(context.database.read, context.now(), MOST);
    for (const one of due) await refresh(context, one);
  },
};

async function refresh({ database, settings, now }: JobContext, due: DueMetadata): Promise<void> {
  const answer = await ask(due.metadataUrl, settings.privateHosts);
  const at = now();
  const { accountId, connectionId } = due;
  await database.write(async (tx) => {
    const failing = await refreshMetadata(tx, due, { answer, at }).catch(ignoreRemoved);
    if (!failing) return;
    const mail = metadataFailsMail({
      productName: settings.productName,
      connectionName: failing.name,
      since: failing.since,
      reason: failing.reason,
      link: `${settings.publicUrl}/app/enterprise/sso/${connectionId}`,
    });
    await mailOwners(tx, { accountId, at }, mail);
  });
}

async function ask(url: string, privateHosts: PrivateHosts): Promise<MetadataAnswer> {
  try {
    return { document: await fetchText(url, privateHosts) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { reason: error.message };
  }
}

/** Warns owners before the last certificate of a connection ends, and deletes what is left of sign-ins. */
export const certificatesJob: Job = {
  name: 'sso-certificates',
  every: hour,
  async run({ database, settings, now }) {
    const at = now();
    await database.write((tx) => purgeSignIns(tx, at));
    for (const connection of await listEndingCertificates(database.read, at)) {
      const { accountId, connectionId } = connection;
      await database.write(async (tx) => {
        const ending = await noteEndingCertificate(tx, { ...connection, at }).catch(ignoreRemoved);
        if (!ending) return;
        const mail = certificateEndsMail({
          productName: settings.productName,
          connectionName: ending.name,
          endsAt: ending.endsAt,
          link: `${settings.publicUrl}/app/enterprise/sso/${connectionId}`,
        });
        await mailOwners(tx, { accountId, at }, mail);
      });
    }
  },
};

/** It was removed meanwhile. */
function ignoreRemoved(error: unknown): undefined {
  if (Object(error).code !== 'not_found') throw error;
}
