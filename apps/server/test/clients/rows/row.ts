import { enterprise, type Journey, patch, type Step } from '../journey.ts';

/** A row that every client gets alike. */
export const everybody = ['okta', 'entra', 'generic'] as const;

/** A row of the quirk table: its title, and who it is replayed as. */
export function row(
  title: string,
  providers: readonly Journey['provider'][],
  ...steps: readonly Step[]
): readonly Journey[] {
  return providers.map((provider) => ({ title: `${title} (${provider})`, provider, steps }));
}

/** A PATCH of ada. */
export function patches(
  does: string,
  operations: readonly object[],
  result: Omit<Step, 'does' | 'send' | 'body' | 'gives'> & { readonly gives?: number } = {},
): Step {
  const body = patch(...operations);
  return { does, send: 'PATCH /Users/<ada>', body, gives: 200, ...result };
}

/** A PATCH of the group Red. */
export function patchesRed(does: string, operation: object, more: Partial<Step> = {}): Step {
  return { does, send: 'PATCH /Groups/<Red>', body: patch(operation), gives: 204, ...more };
}

/** A list of people that must be these. */
export function finds(filter: string, names: readonly string[]): Step {
  const Resources = names.map((name) => ({ id: `<${name}>` }));
  const shows = { totalResults: names.length, Resources };
  return { does: `finds by ${filter}`, send: `GET /Users?filter=${filter}`, gives: 200, shows };
}

export const manager = `${enterprise}:manager`;
export const withManager = { [enterprise]: { manager: { value: 'u-9' } } };
