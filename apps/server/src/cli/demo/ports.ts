import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { UsageError } from '../usage-error.ts';

/** Where the parts of a demo listen, on 127.0.0.1. */
export interface DemoPorts {
  readonly console: number;
  readonly standIn: number;
  readonly mail: number;
  /** Of the DNS server, over UDP and TCP. */
  readonly dns: number;
}

const inWords: Readonly<Record<keyof DemoPorts, string>> = {
  console: 'the console',
  standIn: 'the stand-in IdP',
  mail: 'the mail page',
  dns: 'the DNS server',
};

/** Says which port to change where one part cannot have its own; other errors pass. */
export function refusePort(ports: DemoPorts, part: keyof DemoPorts): (error: unknown) => never {
  return (error) => {
    // The server says it of PORT, which a demo does not read.
    const { code } = Object(Object(error).cause ?? error);
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const what = code === 'EACCES' ? 'is not open to this user' : 'is in use';
    throw new UsageError(`port ${ports[part]}, of ${inWords[part]}, ${what}: set another --port`, {
      cause: error,
    });
  };
}

const DEFAULT_PORT = 4280;

/** Four ports from `first` on; four free ones for 0, which are known before anything listens. */
export async function portsFrom(first = DEFAULT_PORT): Promise<DemoPorts> {
  if (first !== 0) {
    return { console: first, standIn: first + 1, mail: first + 2, dns: first + 3 };
  }
  const [console = 0, standIn = 0, mail = 0, dns = 0] = await freePorts(4);
  return { console, standIn, mail, dns };
}

/** Held together until all are known, so that they differ. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  // A TCP server's address is an AddressInfo.
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
