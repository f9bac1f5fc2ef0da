import { createServer, Packet } from 'dns2';
import type { DnsZone } from './dns-zone.ts';
import { freePorts } from './ports.ts';

const noName = 3;
const secondsToLive = 1;

/** A DNS server on loopback that is running. */
export interface OpenDnsServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Answers questions for TXT records from `zone`, over UDP and TCP; 0 takes a free port. Rejects where the port is taken. */
export async function openDnsServer(zone: DnsZone, port = 0): Promise<OpenDnsServer> {
  const server = createServer({
    udp: true,
    tcp: true,
    handle: (request, send) => void send(answer(zone, request)),
  });
  // Each half can fail, the second one when nobody waits any more.
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => {});
  server.on('error', failed.reject);
  const [chosen = port] = port === 0 ? await freePorts(1) : [];
  const endpoint = { port: chosen, address: '127.0.0.1' };
  try {
    await Promise.race([server.listen({ udp: endpoint, tcp: endpoint }), failed.promise]);
  } catch (error) {
    // The half that listens would keep the process alive; nobody waits for the other.
    void server.close();
    throw error;
  }
  return { port: chosen, close: () => server.close() };
}

function answer(zone: DnsZone, request: Packet): Packet {
  const response = Packet.createResponseFromRequest(request);
  const [question] = request.questions;
  if (question === undefined) return response;
  const { name } = question;
  const said = zone.answer(name);
  response.header.aa = 1;
  if (said === 'no_name') response.header.rcode = noName;
  if (typeof said === 'string' || question.type !== Packet.TYPE.TXT) return response;
  for (const value of said) {
    const record = { ttl: secondsToLive, data: chunksOf(value) };
    response.answers.push(Packet.createResourceFromQuestion(question, record));
  }
  return response;
}

/** A string of a TXT record holds 255 bytes at most (RFC 1035 §3.3.14). */
const CHUNK = 255;

function chunksOf(value: string): string[] {
  return value.match(new RegExp(`[^]{1,${CHUNK}}`, 'gu')) ?? [''];
}
