import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** Where the parts of a demo listen, on 127.0.0.1. */
export interface DemoPorts {
  readonly console: number;
  readonly standIn: number;
  readonly mail: number;
}

const DEFAULT_PORT = 4280;

/** Three ports from `first` on; three free ones for 0, which are known before anything listens. */
export async function portsFrom(first = DEFAULT_PORT): Promise<DemoPorts> {
  if (first !== 0) return { console: first, standIn: first + 1, mail: first + 2 };
  const [console = 0, standIn = 0, mail = 0] = await freePorts(3);
  return { console, standIn, mail };
}

/** Held together until all are known, so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  // A TCP server's address is an AddressInfo.
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
