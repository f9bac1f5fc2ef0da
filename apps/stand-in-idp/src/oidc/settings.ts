import { randomBytes } from 'node:crypto';
import type { StandIn } from '../stand-in.ts';
import { appId } from '../store/app.ts';
import { Grants } from './grants.ts';
import { makeTokenKey, type TokenKey } from './keys.ts';

/** General > Client Credentials and General Settings, by Okta's names. */
export interface OidcSettings {
  /** Sign-in redirect URIs: compared to the letter. */
  readonly redirectUris: readonly string[];
  readonly requirePkce: boolean;
  /** The ID token tells who, and no more; the rest is told at the userinfo endpoint. */
  readonly thinIdToken: boolean;
  /** Where the service ends a person's sessions when it is told to; empty where it does not. */
  readonly universalLogoutUrl: string;
}

export const defaultOidc: OidcSettings = {
  redirectUris: [],
  requirePkce: true,
  thinIdToken: false,
  universalLogoutUrl: '',
};

/** Okta's client ID is the id of the app. */
export const clientId = appId;

const opened = new WeakMap<StandIn, Oidc>();

/** The OIDC settings, keys and grants of a stand-in, the same for all of its surfaces. */
export function oidcOf(standIn: StandIn): Oidc {
  const oidc = opened.get(standIn) ?? openOidc(standIn);
  opened.set(standIn, oidc);
  return oidc;
}

function openOidc({ store: { facts }, now }: StandIn) {
  let keys: Promise<readonly [TokenKey, ...TokenKey[]]> | undefined;
  const addKey = async () => {
    const [active] = facts.get('oidcKeys') ?? [];
    const kept = [await makeTokenKey(), ...(active ? [active] : [])] as const;
    facts.put('oidcKeys', kept);
    return kept;
  };
  const knownKeys = async () => {
    const [active, ...older] = facts.get('oidcKeys') ?? [];
    return active === undefined ? addKey() : ([active, ...older] as const);
  };
  const renewSecret = () => {
    const secret = randomBytes(48).toString('base64url');
    facts.put('oidcSecret', secret);
    return secret;
  };
  const settings = (): OidcSettings => ({ ...defaultOidc, ...facts.get('oidc') });
  return {
    grants: new Grants(now),
    settings,
    change: (change: Partial<OidcSettings>) => facts.put('oidc', { ...settings(), ...change }),
    secret: () => facts.get('oidcSecret') ?? renewSecret(),
    /** Client secrets > Generate new secret; the one before is refused from then on. */
    renewSecret,
    /** The keys whose signatures hold, the active one first; made when they are first needed. */
    keys: () => {
      keys ??= knownKeys();
      return keys;
    },
    /** A new active key; tokens of the one before stay good. */
    rotate: () => {
      keys = addKey();
      return keys;
    },
  };
}

export type Oidc = ReturnType<typeof openOidc>;
