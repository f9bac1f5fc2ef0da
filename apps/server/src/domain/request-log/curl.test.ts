import { expect, it } from 'vitest';
import { curlOf } from './curl.ts';

const url = 'https://rollcall.example.com/scim/d1/v2';

it('writes a command that a POSIX shell takes word by word', () => {
  const request = { method: 'PUT', path: '/Users/1', request_body: `{"title":"O'Hara $HOME"}` };
  expect(curlOf(request, url)).toBe(
    [
      `curl -g -X PUT '${url}/Users/1'`,
      '-H "Authorization: Bearer $TOKEN"',
      "-H 'Content-Type: application/scim+json'",
      `--data-raw '{"title":"O'\\''Hara $HOME"}'`,
    ].join(' \\\n  '),
  );
});

it('reads no file for a body that begins with @, and asks no second address for brackets', () => {
  const request = { method: 'POST', path: '/Users?x=[1-9]{a,b}', request_body: '@/etc/passwd' };
  const command = curlOf(request, url);
  expect(command).toContain("--data-raw '@/etc/passwd'");
  expect(command).not.toMatch(/--data(?:-binary)? /);
  expect(command).toContain(`curl -g -X POST '${url}/Users?x=[1-9]{a,b}'`);
});
