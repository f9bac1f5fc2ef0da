import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll } from 'vitest';
import { type OpenDnsServer, openDnsServer } from '../../src/cli/demo/dns-server.ts';
import { DnsZone } from '../../src/cli/demo/dns-zone.ts';

/** A DNS server of a suite, which ends with it, and its zone. */
export async function testDns(): Promise<{ zone: DnsZone; server: string }> {
  const zone = new DnsZone();
  const open: OpenDnsServer = await openDnsServer(zone);
  afterAll(() => open.close());
  return { zone, server: `127.0.0.1:${open.port}` };
}

/** A resolver that never answers. */
export async function silentDns(): Promise<string> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  afterAll(() => void socket.close());
  return `127.0.0.1:${socket.address().port}`;
}
