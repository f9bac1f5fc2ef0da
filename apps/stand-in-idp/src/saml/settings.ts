import type { StandIn } from '../stand-in.ts';
import { makeSigningKey, type SigningKey } from './keys.ts';

/** General > SAML Settings, by Okta's names. */
export interface SamlSettings {
  /** Single sign-on URL: Recipient and Destination too. */
  readonly ssoUrl: string;
  /** Audience URI (SP Entity ID). */
  readonly audience: string;
  /** Default RelayState. */
  readonly relayState: string;
  /** Single Logout URL: where the service is answered once it ended a session here; empty where it may not end any. */
  readonly logoutUrl: string;
  /** Logout request URL: where the service is told that somebody signed out here; empty where it is not. */
  readonly logoutRequestUrl: string;
  /** How it is told. */
  readonly logoutRequestBinding: LogoutBinding;
  /** Where the service ends a person's sessions when it is told to; empty where it does not. */
  readonly universalLogoutUrl: string;
  /** The attribute statement that carries `user.email`; empty for none. */
  readonly emailAttribute: string;
}

export const logoutBindings = { POST: 'HTTP POST', REDIRECT: 'HTTP REDIRECT' } as const;
export type LogoutBinding = keyof typeof logoutBindings;

export const defaultSaml: SamlSettings = {
  ssoUrl: '',
  audience: '',
  relayState: '',
  logoutUrl: '',
  logoutRequestUrl: '',
  logoutRequestBinding: 'POST',
  universalLogoutUrl: '',
  emailAttribute: 'email',
};

/** The IdP's part of the key under which Okta knows an app. */
const externalKey = 'exkstandin0insomnia0';
export const issuer = `http://www.okta.com/${externalKey}`;

const opened = new WeakMap<StandIn, Saml>();

/** The SAML settings and the signing key of a stand-in, the same for all of its surfaces. */
export function samlOf(standIn: StandIn): Saml {
  const saml = opened.get(standIn) ?? openSaml(standIn);
  opened.set(standIn, saml);
  return saml;
}

function openSaml({ store, now }: StandIn) {
  let making: Promise<SigningKey> | undefined;
  const make = async () => {
    const key = await makeSigningKey(now());
    store.facts.put('samlKey', key);
    return key;
  };
  return {
    settings: (): SamlSettings => ({ ...defaultSaml, ...store.facts.get('saml') }),
    change: (change: Partial<SamlSettings>) =>
      store.facts.put('saml', { ...defaultSaml, ...store.facts.get('saml'), ...change }),
    /** The active signing key, made when it is first needed. */
    key: async (): Promise<SigningKey> => {
      const known = store.facts.get('samlKey');
      making ??= known === undefined ? make() : Promise.resolve(known);
      return making;
    },
    /** SAML Signing Certificates > Generate new certificate, and activate it. */
    rotate: async (): Promise<SigningKey> => {
      making = make();
      return making;
    },
  };
}

export type Saml = ReturnType<typeof openSaml>;
