import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Refusal } from '../refusal.ts';

/** Where a request may go beside the public internet: `host:port`, as the operator lists them. */
export type PrivateHosts = readonly string[];

/** An address that a URL leads to, looked up once: who connects to it asks no resolver again. */
export interface PinnedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Throws `outgoing_refused` unless the text is an https URL without a user name in it, or plain http of a listed host. */
export function requireUrl(text: string, privateHosts: PrivateHosts): URL {
  const url = URL.parse(text);
  if (
    url === null ||
    !/^https?:$/.test(url.protocol) ||
    url.username !== '' ||
    url.password !== ''
  ) {
    throw refused(
      `${text} is not a web address. Enter one such as https://idp.example.com/metadata.`,
    );
  }
  if (url.protocol === 'http:' && !isListed(url, privateHosts)) {
    throw refused(`${url.host} must be asked by https://.`);
  }
  return url;
}

/**
 * Looks a URL's host up and answers an address that may be connected to. Addresses of private networks, of this machine
 * and of cloud metadata services are refused unless the operator listed host and port in PRIVATE_HOSTS.
 */
export async function pinAddress(url: URL, privateHosts: PrivateHosts): Promise<PinnedAddress> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = isIP(host) === 0 ? await resolve(host) : [{ address: host, family: isIP(host) }];
  const allowed = found.find(({ address }) => isPublic(address) || isListed(url, privateHosts));
  if (allowed === undefined) {
    throw refused(
      `${url.hostname} leads into a private network, which is not asked. If that is meant, the operator lists ${hostAndPort(url)} in PRIVATE_HOSTS.`,
    );
  }
  return { address: allowed.address, family: allowed.family === 6 ? 6 : 4 };
}

async function resolve(host: string) {
  try {
    return await lookup(host, { all: true, verbatim: true });
  } catch {
    throw refused(`The name ${host} cannot be found in DNS.`);
  }
}

function isListed(url: URL, privateHosts: PrivateHosts): boolean {
  return privateHosts.includes(hostAndPort(url));
}

function hostAndPort(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'http:' ? '80' : '443')}`;
}

/** Whether an address belongs to the public internet; what IPv6 says in terms of IPv4 counts as that. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast';
}

export function refused(message: string): Refusal {
  return new Refusal('outgoing_refused', message);
}
