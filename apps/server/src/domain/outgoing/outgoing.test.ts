import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { fetchText, isPublic, requireUrl } from './index.ts';

describe('Requests to addresses that somebody typed', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '::1',
    '::',
    'fe80::1',
    'fd00:ec2::254',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::7f00:1',
    '255.255.255.255',
    '2002:7f00:1::',
    'ff02::1',
  ])('do not go to %s', (address) => {
    expect(isPublic(address)).toBe(false);
  });

  it.each(['93.184.216.34', '2606:2800:220:1::1'])('go to %s', (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it.each([
    ['file:///etc/passwd', /not a web address/],
    ['https://user:secret@idp.example.com', /not a web address/],
    ['http://idp.example.com', /must be asked by https/],
    ['idp.example.com', /not a web address/],
  ])('are refused for %s', (url, message) => {
    expect(() => requireUrl(url, [])).toThrow(message);
  });

  it('go to this machine only where the operator listed host and port, and follow no redirect', async () => {
    const port = await listen((request, response) => {
      if (request.url === '/moved') response.writeHead(302, { location: '/' }).end();
      else response.end(`hello ${request.headers.host}`);
    });
    const url = `http://127.0.0.1:${port}`;
    await expect(fetchText(`https://127.0.0.1:${port}`, [])).rejects.toThrow(/PRIVATE_HOSTS/);
    await expect(fetchText(`https://localhost:${port}`, [])).rejects.toThrow(/PRIVATE_HOSTS/);
    await expect(fetchText(`https://[::ffff:127.0.0.1]:${port}`, [])).rejects.toThrow(
      /private network/,
    );
    await expect(fetchText(`https://2130706433:${port}`, [])).rejects.toThrow(/private network/);
    expect(await fetchText(url, [`127.0.0.1:${port}`])).toBe(`hello 127.0.0.1:${port}`);
    await expect(fetchText(`${url}/moved`, [`127.0.0.1:${port}`])).rejects.toThrow(/answered 302/);
  });

  it('end where the answer is too large', async () => {
    const port = await listen((_request, response) => response.end('x'.repeat(3_000_000)));
    await expect(fetchText(`http://127.0.0.1:${port}`, [`127.0.0.1:${port}`])).rejects.toThrow(
      /too large/,
    );
  });

  const servers: ReturnType<typeof createServer>[] = [];
  afterAll(() => servers.forEach((server) => void server.close()));

  async function listen(listener: RequestListener): Promise<number> {
    const server = createServer(listener).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    // A TCP server's address is an AddressInfo.
    return (server.address() as AddressInfo).port;
  }
});
