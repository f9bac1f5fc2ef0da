import { type Database, DatabaseError } from '../../database/index.ts';
import {
  isSetUp,
  issueSetupLink,
  requireSetupLink,
  setupUrl,
} from '../../domain/accounts/index.ts';
import { connectorUrl } from '../../domain/directories/index.ts';
import { Refusal } from '../../domain/refusal.ts';
import { type RunningServer, startServer } from '../../main.ts';
import { newSecret } from '../../secret.ts';
import type { Settings } from '../../settings.ts';
import { connectSso } from './connect-sso.ts';
import { openDnsServer } from './dns-server.ts';
import type { DnsZone } from './dns-zone.ts';
import type { HeldFolder } from './hold-folder.ts';
import {
  beginFolder,
  clearFolder,
  type DemoMemory,
  demoFiles,
  recallZone,
  remember,
} from './memory.ts';
import { buildOutsidePages } from './outside-pages.ts';
import { type DemoPorts, portsFrom, refusePort } from './ports.ts';
import { type OpenStandIn, openStandIn, provisionSamples } from './stand-in.ts';
import { ownerEmail, tellPrologue, turnScimOn } from './story.ts';

export interface DemoOptions {
  /** Begin at the set-up link. */
  readonly fresh: boolean;
  /** SCIM on, the stand-in configured, some people there. */
  readonly provisioned: boolean;
  /** Port of the console; stand-in, mail page and DNS server take the next three. 0 takes free ones. */
  readonly port: number | undefined;
  /** Is let go when the demo stops, or cannot start. */
  readonly folder: HeldFolder;
  readonly seats: number;
  /** Told at once the folder to which a first start's leavings went, where one was cut off: this start may fail too. */
  readonly onCutOff: (aside: string) => void;
}

/** What a started demo tells of itself: the line of `--json`. */
export interface DemoFacts {
  readonly consoleUrl: string;
  readonly standInUrl: string;
  readonly mailUrl: string;
  /** The page of the DNS provider. */
  readonly dnsUrl: string;
  readonly ownerEmail?: string;
  readonly ownerPassphrase?: string;
  readonly setupUrl?: string;
  readonly connectorUrl?: string;
  readonly token?: string;
  /** The app's id and the token for Okta's management API at the stand-in (`Authorization: SSWS …`). */
  readonly standInAppId: string;
  readonly standInApiToken: string;
}

export interface RunningDemo {
  readonly facts: DemoFacts;
  stop(): Promise<void>;
}

/**
 * Starts server, stand-in, DNS server and the pages of what is outside on loopback; continues what the folder holds.
 * Where one of them cannot start, the others are closed again.
 */
export async function startDemo(options: DemoOptions): Promise<RunningDemo> {
  const { path, known, release } = options.folder;
  try {
    if (known !== undefined) return await open(options);
    const aside = beginFolder(path);
    if (aside !== undefined) options.onCutOff(aside);
    // Only now: until all that was there has gone aside, the folder holds what must be kept.
    return await open(options).catch((error) => {
      clearFolder(path);
      throw error;
    });
  } catch (error) {
    release();
    throw error;
  }
}

type Closer = () => unknown;

async function open(options: DemoOptions): Promise<RunningDemo> {
  const opened: Closer[] = [];
  try {
    const facts = await openAll(options, (close) => opened.push(close));
    return { facts, stop: () => closeAll(opened).finally(options.folder.release) };
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

/** The last that was opened closes first. */
async function closeAll(opened: readonly Closer[]): Promise<void> {
  for (const close of opened.toReversed()) await close();
}

async function openAll(options: DemoOptions, onStop: (close: Closer) => void): Promise<DemoFacts> {
  const { path: folder, known } = options.folder;
  const ports = await portsOf(options, known);
  const zone = recallZone(folder);
  const dns = await openDnsServer(zone, ports.dns).catch(refusePort(ports, 'dns'));
  onStop(() => dns.close());
  const server = await startServer(settingsOf(folder, ports))
    .catch(refusePort(ports, 'console'))
    .catch((error) => refuseFolder(error, folder));
  onStop(() => server.stop());
  const prepared = known ?? (await firstMemory(server, zone, options, ports));
  const standIn = await openStandIn(demoFiles(folder).standIn, ports.standIn).catch(
    refusePort(ports, 'standIn'),
  );
  onStop(() => standIn.server.close());
  if (known === undefined && prepared.owner) {
    await connectSso(urlOf(ports.console), prepared.owner, standIn);
  }
  const outside = buildOutsidePages(server.database, zone);
  onStop(() => outside.close());
  await outside.listen({ host: '127.0.0.1', port: ports.mail }).catch(refusePort(ports, 'mail'));
  const connected = await withConnector(options, { ...prepared, ports }, server, standIn);
  const memory = await withSetupLink(connected, server);
  remember(folder, memory);
  return factsOf(memory, standIn);
}

async function portsOf({ port }: DemoOptions, known: DemoMemory | undefined): Promise<DemoPorts> {
  // The connector URL holds the port, so a folder keeps its own unless a certain other one is asked for.
  return known !== undefined && !port ? known.ports : portsFrom(port);
}

function settingsOf(folder: string, ports: DemoPorts): Settings {
  const port = ports.console;
  return {
    databaseUrl: `sqlite:${demoFiles(folder).database}`,
    publicUrl: urlOf(port),
    host: '127.0.0.1',
    port,
    productName: 'Insomnia',
    trustedProxies: [],
    logLevel: 'warn',
    smtp: null,
    dnsServers: [dnsServerOf(ports)],
    signUp: true,
    secretKey: null,
    // The stand-in, by both of its names: by the other one it is another site to a browser.
    privateHosts: [`127.0.0.1:${ports.standIn}`, `localhost:${ports.standIn}`],
    scimRateLimit: null,
  };
}

const urlOf = (port: number) => `http://127.0.0.1:${port}`;
const dnsServerOf = ({ dns }: DemoPorts) => `127.0.0.1:${dns}`;

/** Says which folder to change where another build made the demo that it holds. */
function refuseFolder(error: unknown, folder: string): never {
  if (!(error instanceof DatabaseError && error.code === 'schema_differs')) throw error;
  const advice = `The demo begins anew without the folder ${folder}, or with another --data.`;
  throw new Error(`${error.message} ${advice}`, { cause: error });
}

async function firstMemory(
  { database }: RunningServer,
  zone: DnsZone,
  { fresh, seats }: DemoOptions,
  ports: DemoPorts,
): Promise<DemoMemory> {
  if (fresh) return { ports };
  const owner = { email: ownerEmail, passphrase: newSecret().slice(0, 24) };
  const dns = { zone, server: dnsServerOf(ports) };
  await tellPrologue(database, owner, dns, { seats, at: Date.now() });
  return { ports, owner };
}

/** Turns SCIM on where `--provisioned` asks for it and it is not on yet, and fills the stand-in's settings. */
async function withConnector(
  { provisioned }: DemoOptions,
  memory: DemoMemory,
  { database }: RunningServer,
  standIn: OpenStandIn,
): Promise<DemoMemory> {
  if (!provisioned || memory.connector !== undefined) return memory;
  const { directoryId, token } = await turnScimOn(database, Date.now());
  const connector = { directoryId, token };
  await provisionSamples(standIn, connectorUrl(urlOf(memory.ports.console), directoryId), token);
  return { ...memory, connector };
}

/** The link that an earlier start printed stays for as long as it works: another one would end it. */
async function withSetupLink(
  { setupCode, ...memory }: DemoMemory,
  { database }: RunningServer,
): Promise<DemoMemory> {
  if (await isSetUp(database.read)) return memory;
  if (setupCode !== undefined && (await isLive(setupCode, database))) {
    return { ...memory, setupCode };
  }
  const { code } = await database.write((tx) => issueSetupLink(tx, Date.now()));
  return { ...memory, setupCode: code };
}

function isLive(code: string, { read }: Database): Promise<boolean> {
  return requireSetupLink(read, code, Date.now()).then(
    () => true,
    (error) => {
      if (error instanceof Refusal) return false;
      throw error;
    },
  );
}

function factsOf(
  { ports, owner, connector, setupCode }: DemoMemory,
  { appId, apiToken }: OpenStandIn,
): DemoFacts {
  const consoleUrl = urlOf(ports.console);
  return {
    consoleUrl,
    standInUrl: urlOf(ports.standIn),
    mailUrl: urlOf(ports.mail),
    dnsUrl: `${urlOf(ports.mail)}/dns`,
    ...(owner && { ownerEmail: owner.email, ownerPassphrase: owner.passphrase }),
    ...(setupCode && { setupUrl: setupUrl(consoleUrl, setupCode) }),
    ...(connector && {
      connectorUrl: connectorUrl(consoleUrl, connector.directoryId),
      token: connector.token,
    }),
    standInAppId: appId,
    standInApiToken: apiToken,
  };
}
