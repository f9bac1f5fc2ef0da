/** What the stand-in answers of itself; only what tests look at. */
export interface StandInState {
  readonly people: readonly { readonly id: string; readonly profile: { readonly login: string } }[];
  readonly groups: readonly { readonly id: string; readonly name: string }[];
}

/** Drives the stand-in IdP through its control API: `assign` a person, `push` a group. */
export class StandIn {
  readonly #url: string;

  constructor(standInUrl: string) {
    this.#url = `${standInUrl}/control`;
  }

  async state(): Promise<StandInState> {
    const response = await fetch(`${this.#url}/state`);
    // The stand-in's documented answer.
    return (await response.json()) as StandInState;
  }

  /** Answers once what it provisions has arrived, or failed. */
  async post(path: string, body: object = {}): Promise<Record<string, unknown>> {
    const response = await fetch(this.#url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    // An object by its documentation.
    return (await response.json()) as Record<string, unknown>;
  }
}
