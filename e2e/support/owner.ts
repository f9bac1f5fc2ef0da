import type { DemoLine } from './demo.ts';

/** The owner's session with the management API. */
export interface Owner {
  readonly accountId: string;
  readonly cookie: string;
  /** Calls the management API below `/api/v1`; throws what it refuses. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever came over the wire; tests say what they expect of it
  call(method: string, path: string, body?: object): Promise<any>;
}

/** Signs in as the owner that a demo prints, or as anybody else with a passphrase. */
export async function signInAsOwner({
  consoleUrl,
  ownerEmail: email,
  ownerPassphrase: passphrase,
}: Pick<DemoLine, 'consoleUrl' | 'ownerEmail' | 'ownerPassphrase'>): Promise<Owner> {
  const send = (method: string, path: string, body: object | undefined, cookie: string) =>
    fetch(`${consoleUrl}/api/v1${path}`, {
      method,
      headers: {
        origin: consoleUrl,
        cookie,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const signedIn = await send('POST', '/sign-in/passphrase', { email, passphrase }, '');
  const [cookie = ''] = signedIn.headers.getSetCookie().map((text) => text.split(';')[0]);
  const session = await answerOf(signedIn);
  return {
    accountId: session.accounts[0]?.id,
    cookie,
    call: async (method, path, body) => answerOf(await send(method, path, body, cookie)),
  };
}

async function answerOf(response: Response) {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
