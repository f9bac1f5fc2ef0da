import { describe, expect, it } from 'vitest';
import { configure, startHarness, updating } from './support/harness.ts';
import { ManualClock } from './support/manual-clock.ts';
import type { Canned } from './support/scim-peer.ts';

const error = (status: number, detail: string): Canned => ({
  status,
  text: JSON.stringify({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    detail,
    status: `${status}`,
  }),
});

const createFailures: { name: string; answer: Canned; message: string }[] = [
  {
    name: '400 shows its detail (section 3.18)',
    answer: error(400, 'The e-mail address is not valid.'),
    message:
      'Error while creating user ada.example@example.com: Errors reported by remote server: The e-mail address is not valid.',
  },
  {
    name: '409 is neither looked up again nor linked (section 3.2)',
    answer: error(409, 'This userName is taken.'),
    message:
      'Error while creating user ada.example@example.com: Errors reported by remote server: This userName is taken.',
  },
  {
    name: '201 without a body is an empty user (section 3.2)',
    answer: { status: 201 },
    message:
      'Error while creating user ada.example@example.com: Create new user returned empty user',
  },
  {
    name: '201 without an id is an empty user (section 3.2)',
    answer: { status: 201, text: '{"userName": "ada.example@example.com"}' },
    message:
      'Error while creating user ada.example@example.com: Create new user returned empty user',
  },
  {
    name: 'a plain-text error shows the parser instead (section 3.0)',
    answer: {
      status: 500,
      text: 'Internal Server Error',
      headers: { 'content-type': 'text/plain' },
    },
    message:
      "Error while creating user ada.example@example.com: Unrecognized token 'Internal': was expecting ('true', 'false' or 'null')",
  },
];

describe('a failed job becomes a task', () => {
  it.each(createFailures)('$name', async ({ answer, message }) => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness);
    harness.peer.override = ({ method }) => (method === 'POST' ? answer : undefined);
    await harness.control('POST', `/people/${ada}/assign`);
    expect(harness.peer.take()).toHaveLength(2);
    const { tasks, appUsers } = await harness.state();
    expect(tasks).toMatchObject([
      {
        title: 'Automatic provisioning of user Ada Example to app Insomnia failed',
        error: message,
      },
    ]);
    expect(appUsers).toMatchObject([{ state: 'ERROR', scimId: null, error: message }]);
  });

  it.each([401, 403, 400, 500])(
    '%i to the match query stops before any POST (section 3.1)',
    async (status) => {
      const harness = await startHarness();
      const ada = await harness.person('Ada');
      await configure(harness);
      harness.peer.override = () => error(status, 'No.');
      await harness.control('POST', `/people/${ada}/assign`);
      expect(harness.peer.take()).toHaveLength(1);
      expect((await harness.state()).tasks[0]?.error).toBe(
        'Error while verifying if user ada.example@example.com exists: Errors reported by remote server: No.',
      );
    },
  );

  it('404 to the match query counts as no match (section 3.1)', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness);
    harness.peer.override = ({ method }) => (method === 'GET' ? error(404, 'None.') : undefined);
    await harness.control('POST', `/people/${ada}/assign`);
    expect(harness.peer.take().map((line) => line.split('?')[0])).toEqual([
      'GET /Users',
      'POST /Users',
    ]);
  });

  it('with Create Users off nobody found is "Matching user not found" (section 1.5)', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness, { toApp: { createUsers: false } });
    await harness.control('POST', `/people/${ada}/assign`);
    expect(harness.peer.take()).toHaveLength(1);
    expect((await harness.state()).tasks[0]?.error).toBe('Matching user not found');
  });

  it('numbers that come as text end the job without another request (section 2)', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness);
    const text = '{"totalResults": "0", "startIndex": 1, "itemsPerPage": 0, "Resources": []}';
    harness.peer.override = () => ({ text });
    await harness.control('POST', `/people/${ada}/assign`);
    expect(harness.peer.take()).toHaveLength(1);
    expect((await harness.state()).tasks[0]?.error).toContain('"totalResults" is the text "0"');
  });

  it('a dead link is not created again: the job fails and the link stays (section 3.5)', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness, updating);
    await harness.control('POST', `/people/${ada}/assign`);
    harness.peer.users.clear();
    harness.peer.take();
    const profile = {
      firstName: 'Adele',
      lastName: 'E',
      login: 'a@example.com',
      email: 'a@example.com',
    };
    await harness.control('PUT', `/people/${ada}`, { profile });
    expect(harness.peer.take()).toEqual(['GET /Users/u1']);
    const { appUsers, tasks } = await harness.state();
    expect(appUsers).toMatchObject([{ state: 'ERROR', scimId: 'u1' }]);
    expect(tasks[0]?.title).toBe('Automatic profile push of user Adele E to app Insomnia failed');
  });

  it('C9341: after 401 and a right token, Retry Selected does the job and ends the task (section 3.18)', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness, { integration: { token: 'wrong' } });
    await harness.control('POST', `/people/${ada}/assign`);
    expect((await harness.state()).tasks).toHaveLength(1);
    await harness.control('POST', '/app', { integration: { token: harness.peer.token } });
    await harness.control('POST', '/tasks/retry');
    const { tasks, appUsers } = await harness.state();
    expect(tasks).toEqual([]);
    expect(appUsers).toMatchObject([{ state: 'PROVISIONED', error: null }]);
  });

  it('a group whose push failed gets no more members until it is retried (section 1.8)', async () => {
    const harness = await startHarness();
    const sales = await harness.group('Sales');
    const ben = await harness.person('Ben');
    await configure(harness);
    await harness.control('POST', `/people/${ben}/assign`);
    harness.peer.override = ({ method }) => (method === 'PUT' ? error(400, 'No.') : undefined);
    await harness.control('POST', `/groups/${sales}/push`);
    expect((await harness.state()).pushes).toMatchObject([{ status: 'ERROR', scimId: 'g2' }]);
    harness.peer.override = () => undefined;
    harness.peer.take();
    await harness.control('DELETE', `/groups/${sales}/members/${ben}`);
    expect(harness.peer.take()).toEqual([]);
    await harness.control('POST', `/groups/${sales}/pushNow`);
    expect((await harness.state()).pushes).toMatchObject([{ status: 'ACTIVE', error: null }]);
  });

  it('a refused connection is told by host (section 2)', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness, { integration: { baseUrl: 'http://127.0.0.1:1/scim' } });
    await harness.control('POST', `/people/${ada}/assign`);
    expect((await harness.state()).tasks[0]?.error).toContain(
      'Connect to 127.0.0.1:1 failed: Connection refused',
    );
  });
});

describe('time', () => {
  it('429 is tried again after Retry-After, doubled each time, then the job goes on (section 3.18)', async () => {
    const clock = new ManualClock();
    const harness = await startHarness({ clock, pace: 1 });
    const ada = await harness.person('Ada');
    await configure(harness);
    harness.peer.override = () => ({ status: 429, headers: { 'retry-after': '7' } });
    await harness.control('POST', `/people/${ada}/assign`);
    const waits: (number | undefined)[] = [];
    for (let round = 0; round < 3; round += 1) {
      waits.push(clock.next);
      clock.advance(clock.next ?? 0);
      await harness.control('POST', '/settle');
    }
    expect(waits).toEqual([7_000, 14_000, 28_000]);
    expect((await harness.state()).load).toEqual({ active: 0, paused: 1 });
    harness.peer.override = () => undefined;
    clock.advance(clock.next ?? 0);
    await harness.control('POST', '/settle');
    const { appUsers, tasks } = await harness.state();
    expect(appUsers).toMatchObject([{ state: 'PROVISIONED' }]);
    expect(tasks).toEqual([]);
  });

  it.each([{}, { 'retry-after': 'Tue, 24 Nov 2026 10:00:00 GMT' }])(
    '429 with %j waits 5 minutes, and fails after 10 attempts (section 3.18)',
    async (headers) => {
      const clock = new ManualClock();
      const harness = await startHarness({ clock, pace: 1 });
      const ada = await harness.person('Ada');
      await configure(harness);
      harness.peer.override = () => ({ status: 429, headers: { ...headers } });
      await harness.control('POST', `/people/${ada}/assign`);
      expect(clock.next).toBe(300_000);
      while (clock.next !== undefined) {
        clock.advance(clock.next);
        await harness.control('POST', '/settle');
      }
      expect(harness.peer.take()).toHaveLength(10);
      expect((await harness.state()).tasks).toHaveLength(1);
    },
  );

  it('the pace divides the waits', async () => {
    const clock = new ManualClock();
    const harness = await startHarness({ clock, pace: 60 });
    const ada = await harness.person('Ada');
    await configure(harness);
    harness.peer.override = () => ({ status: 429 });
    await harness.control('POST', `/people/${ada}/assign`);
    expect(clock.next).toBe(5_000);
  });

  it('no answer within 60 seconds is a failure (section 3.0)', async () => {
    const clock = new ManualClock();
    const harness = await startHarness({ clock });
    const ada = await harness.person('Ada');
    await configure(harness);
    const arrived = new Promise<void>((resolve) => {
      harness.peer.override = () => {
        resolve();
        return { hang: true };
      };
    });
    const assigned = harness.control('POST', `/people/${ada}/assign`);
    await arrived;
    expect(clock.next).toBe(60_000);
    clock.advance(60_000);
    await assigned;
    expect((await harness.state()).tasks[0]?.error).toContain('Read timed out');
  });
});
