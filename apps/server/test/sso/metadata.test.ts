import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type KeyPair, makeKeyPair } from '@rollcall/sso';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { idpKeys, oktaResponse, otherKeys } from '../../../../packages/sso/test/saml/idp.ts';
import type { Database } from '../../src/database/index.ts';
import { readSamlSettings } from '../../src/domain/sso-connections/index.ts';
import { day, hour, minute } from '../../src/duration.ts';
import { certificatesJob, metadataJob } from '../../src/jobs/sso.ts';
import { describeEachEngine } from '../support/databases.ts';
import { passphrase, type SeededAccount, seedAccount } from '../support/fixtures.ts';
import { mailsTo } from '../support/mails.ts';
import { TestClock, testApp, testSettings } from '../support/server.ts';
import { Journey, type Ours, requestIdOf } from './journey.ts';

/** What an IdP answers; null hangs up. */
type Answered = { readonly status: number; readonly body: string } | null;

const base64Of = ({ certificate }: KeyPair) => certificate.replace(/-----[^-]+-----|\s/g, '');

/** The metadata of an IdP as Okta serves it. */
const metadataOf = (entityId: string, keys: readonly KeyPair[], host = 'idp.example.com') =>
  [
    `<md:EntityDescriptor entityID="${entityId}" xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">`,
    '<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">',
    ...keys.map(
      (one) =>
        `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${base64Of(one)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
    ),
    `<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://${host}/sso"/>`,
    '</md:IDPSSODescriptor></md:EntityDescriptor>',
  ].join('');

describeEachEngine('Metadata at an address', (databases) => {
  let database: Database;
  let app: FastifyInstance;
  let idp: Server;
  let settings: ReturnType<typeof testSettings>;
  let origin: string;
  let tests = 0;
  /** Keeps an answer back until it is done. */
  let held: (() => Promise<void>) | undefined;
  let answered: Answered;
  let asked = 0;
  let account: SeededAccount;
  let owner: Journey;
  let path: string;
  let entityId: string;
  let ours: Ours;
  let startUrl: string;
  let responses = 0;
  const clock = new TestClock();

  beforeAll(async () => {
    database = await databases.open();
    idp = createServer(async (request, response) => {
      // Each test has an address of its own; what others left behind is gone.
      if (request.url !== `/${tests}`) return response.writeHead(404).end();
      asked += 1;
      await held?.();
      if (answered === null) return request.socket.destroy();
      return response.writeHead(answered.status).end(answered.body);
    }).listen(0, '127.0.0.1');
    await once(idp, 'listening');
    // A server that listens on TCP has an address of this form.
    const { port } = idp.address() as AddressInfo;
    origin = `http://127.0.0.1:${port}`;
    settings = testSettings({ PRIVATE_HOSTS: `127.0.0.1:${port}` });
    app = testApp(database, { settings, now: clock.now });
  });

  afterAll(async () => {
    idp.close();
    await once(idp, 'close');
  });

  beforeEach(async () => {
    tests += 1;
    clock.advance(30 * day);
    const metadataUrl = `${origin}/${tests}`;
    entityId = `http://www.okta.com/meta${tests}`;
    serve([idpKeys]);
    account = await seedAccount(database, { sso: false, at: clock.time });
    owner = await signedIn();
    const domains = await owner.call('GET', `/accounts/${account.accountId}/domains`);
    const connections = `/accounts/${account.accountId}/sso-connections`;
    const created = await owner.call('POST', connections, {
      name: 'Okta',
      protocol: 'saml',
      domainIds: [domains.body.items[0].id],
    });
    ours = created.body.ours;
    path = `${connections}/${created.body.id}`;
    startUrl = `/sso/start/${created.body.id}`;
    const saved = await owner.call('PATCH', path, { saml: { metadataUrl } });
    expect(saved.body.saml).toMatchObject({ entityId, metadataUrl });
    await signInBy(idpKeys, `${startUrl}?test`);
    expect((await read()).state).toBe('tested');
    asked = 0;
  });

  const serve = (keys: readonly KeyPair[], host?: string) => {
    answered = { status: 200, body: metadataOf(entityId, keys, host) };
  };
  const signedIn = async () => {
    const journey = new Journey(app);
    await journey.call('POST', '/sign-in/passphrase', { email: account.ownerEmail, passphrase });
    return journey;
  };
  const read = async () => (await (await signedIn()).call('GET', path)).body;
  const certificates = async () => {
    const row = await database.read.query
      .selectFrom('sso_connections')
      .select('settings')
      .where('account_id', '=', account.accountId)
      .executeTakeFirstOrThrow();
    return readSamlSettings(row.settings)?.idp?.certificates.map(({ subject }) => subject) ?? [];
  };
  const run = async (after: number) => {
    clock.advance(after);
    await metadataJob.run({ database, settings, now: clock.now });
  };
  const mails = async (kind: string) =>
    (await mailsTo(database, account.ownerEmail)).filter((mail) => mail.kind === kind);
  const auditOf = async (action: string) =>
    (
      await database.read.query
        .selectFrom('audit_events')
        .select('id')
        .where('account_id', '=', account.accountId)
        .where('action', '=', action)
        .execute()
    ).length;

  /** Signs somebody in with a response that these keys sign; answers where the browser ends. */
  const signInBy = async (keys: KeyPair, start = startUrl): Promise<string> => {
    const journey = start.includes('?test') ? owner : new Journey(app);
    const inResponseTo = requestIdOf(await journey.open(start));
    responses += 1;
    const at = (offset: number) => new Date(clock.time + offset).toISOString();
    const parts = {
      id: `_metadata${responses}`,
      nameId: `ada@${account.domain}`,
      issuer: entityId,
      audience: ours.audience,
      recipient: ours.ssoUrl,
      destination: ours.ssoUrl,
      inResponseTo,
      notBefore: at(-minute),
      notOnOrAfter: at(5 * minute),
    };
    const xml = oktaResponse(parts, { keys });
    const next = await journey.postFromElsewhere(ours.ssoUrl, {
      SAMLResponse: Buffer.from(xml).toString('base64'),
      RelayState: inResponseTo,
    });
    return next.includes('/sso/finish/') ? journey.open(next) : next;
  };

  it('is asked once a day, and brings a new certificate beside the old one', async () => {
    serve([idpKeys, otherKeys]);
    await run(day - minute);
    expect(asked).toBe(0);
    expect(await signInBy(otherKeys)).toContain('reason=not_accepted');
    await run(minute);
    expect(asked).toBe(1);
    expect(await certificates()).toHaveLength(2);
    expect(await signInBy(otherKeys)).toBe('/app/home');
    expect(await signInBy(idpKeys)).toBe('/app/home');
    expect(await auditOf('sso_connection.certificates_changed')).toBe(1);
    await run(hour);
    expect(asked).toBe(1);
    await run(day);
    expect(asked).toBe(2);
    expect(await auditOf('sso_connection.certificates_changed')).toBe(1);
  });

  it('takes a certificate away that it names no longer, and never one that the owner added', async () => {
    const byHand = await makeKeyPair('by-hand.example.com', clock.time);
    const added = { certificate: byHand.certificate };
    expect((await owner.call('POST', `${path}/certificates`, added)).status).toBe(201);
    serve([otherKeys]);
    await run(day);
    expect(await certificates()).toHaveLength(2);
    expect(await signInBy(idpKeys)).toContain('reason=not_accepted');
    // The IdP that was tested names it, so it may be all that is left.
    const fresh = await signedIn();
    const { saml } = (await fresh.call('GET', path)).body;
    const [, own] = saml.certificates;
    expect(own.source).toBe('owner');
    const left = await fresh.call('DELETE', `${path}/certificates/${own.fingerprint}`);
    expect(left.body.state).toBe('tested');
    expect(await signInBy(otherKeys)).toBe('/app/home');
    await fresh.call('POST', `${path}/certificates`, added);
    expect(await signInBy(byHand)).toBe('/app/home');
  });

  it('never moves the sign-on address or the state of the test', async () => {
    serve([idpKeys], 'elsewhere.example.com');
    await run(day);
    const { saml, state } = await read();
    expect(saml.signOnUrl).toBe('https://idp.example.com/sso');
    expect(state).toBe('tested');
  });

  it.each([
    ['nobody answers', (): Answered => null, /cannot be reached/],
    ['the address answers 503', (): Answered => ({ status: 503, body: '' }), /answered 503/],
    ['it has moved', (): Answered => ({ status: 302, body: '' }), /redirects/],
    ['it is empty', (): Answered => ({ status: 200, body: '' }), /not well-formed XML/],
    [
      'it is a page',
      (): Answered => ({ status: 200, body: '<html><body>Sign in</body></html>' }),
      /not SAML metadata of an identity provider/,
    ],
    [
      'it names no certificate',
      (): Answered => ({ status: 200, body: metadataOf(entityId, []) }),
      /no signing certificate/,
    ],
    [
      'its certificate is broken',
      (): Answered => ({
        status: 200,
        body: metadataOf(entityId, [{ certificate: 'AAAA', privateKey: '' }]),
      }),
      /certificate/,
    ],
    [
      'it is that of another IdP',
      (): Answered => ({ status: 200, body: metadataOf('http://www.okta.com/other', [otherKeys]) }),
      /metadata of http:\/\/www\.okta\.com\/other now/,
    ],
    [
      'it holds a DOCTYPE',
      (): Answered => ({ status: 200, body: `<!DOCTYPE a>${metadataOf(entityId, [otherKeys])}` }),
      /has a DOCTYPE/,
    ],
  ] as const)(
    'changes nothing where %s, is tried each hour, and warns once after a day',
    async (_, answer, reason) => {
      answered = answer();
      await run(day);
      expect(asked).toBe(1);
      const before = await certificates();
      expect(before).toHaveLength(1);
      expect(await signInBy(idpKeys)).toBe('/app/home');
      await run(hour - minute);
      expect(asked).toBe(1);
      await run(minute);
      expect(asked).toBe(2);
      await run(day - hour - minute);
      expect(await mails('sso_metadata_fails')).toEqual([]);
      await run(hour);
      await run(hour);
      await run(day);
      const told = await mails('sso_metadata_fails');
      expect(told).toHaveLength(1);
      expect(told[0]?.body_text).toMatch(reason);
      expect(await auditOf('sso_connection.metadata_failing')).toBe(1);
      expect(await certificates()).toEqual(before);
      expect(await auditOf('sso_connection.certificates_changed')).toBe(0);
    },
  );

  it('shows on the page at once why it fails and since when, on Home when owners are told, until it works', async () => {
    const connectionId = path.split('/').at(-1);
    const attention = async (): Promise<object[]> => {
      const home = await (await signedIn()).call('GET', `/accounts/${account.accountId}/home`);
      return home.body.attention;
    };
    const line = expect.objectContaining({
      kind: 'sso_metadata_failing',
      href: `/app/enterprise/sso/${connectionId}`,
    });
    expect((await read()).saml.metadataTrouble).toBeNull();
    answered = { status: 503, body: '' };
    await run(day);
    const since = new Date(clock.time).toISOString();
    const trouble = { since, reason: expect.stringMatching(/answered 503/) };
    expect((await read()).saml.metadataTrouble).toEqual(trouble);
    expect(await attention()).not.toContainEqual(line);
    await run(day);
    expect((await read()).saml.metadataTrouble).toEqual(trouble);
    expect(await attention()).toContainEqual(line);
    serve([idpKeys]);
    await run(hour);
    expect((await read()).saml.metadataTrouble).toBeNull();
    expect(await attention()).not.toContainEqual(line);
  });

  it('is whole again when it is back, and warns anew the next time', async () => {
    answered = null;
    await run(day);
    await run(day);
    expect(await mails('sso_metadata_fails')).toHaveLength(1);
    serve([idpKeys, otherKeys]);
    await run(hour);
    expect(await certificates()).toHaveLength(2);
    answered = null;
    await run(day);
    expect(await mails('sso_metadata_fails')).toHaveLength(1);
    await run(day);
    expect(await mails('sso_metadata_fails')).toHaveLength(2);
  });

  it('is not asked any more once the owner gives the values by hand, not even while it was asked', async () => {
    const byHand = {
      entityId,
      signOnUrl: 'https://idp.example.com/sso',
      certificate: idpKeys.certificate,
    };
    serve([otherKeys]);
    clock.advance(day);
    const fresh = await signedIn();
    let change: { body: { state: string } } | undefined;
    held = async () => {
      held = undefined;
      change = await fresh.call('PATCH', path, { saml: byHand });
    };
    await metadataJob.run({ database, settings, now: clock.now });
    expect(change?.body.state).toBe('tested');
    expect(await signInBy(idpKeys)).toBe('/app/home');
    expect(await signInBy(otherKeys)).toContain('reason=not_accepted');
    await run(2 * day);
    expect(asked).toBe(1);
  });

  it('spares the owners the warning of an end: a newer certificate is there before', async () => {
    const { certificateEndsAt }: { certificateEndsAt: string } = await read();
    clock.time = Date.parse(certificateEndsAt) - 8 * day;
    serve([idpKeys]);
    await run(0);
    const warn = (): Promise<void> => certificatesJob.run({ database, settings, now: clock.now });
    await warn();
    expect(await mails('sso_certificate_ends')).toHaveLength(1);
    serve([idpKeys, await makeKeyPair('newer.example.com', clock.time)]);
    await run(day);
    clock.advance(day);
    await warn();
    expect(await mails('sso_certificate_ends')).toHaveLength(1);
  });
});
