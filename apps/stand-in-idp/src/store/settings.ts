import type { UserNameFormat } from './profile.ts';

/** Which client the app behaves as. */
export type AppMode = 'aiw' | 'catalog' | 'entra';

/** Everything that the app's tabs hold. */
export interface AppSettings {
  readonly mode: AppMode;
  /** General > App Settings > Provisioning: SCIM (true) or None. */
  readonly scimEnabled: boolean;
  readonly userNameFormat: UserNameFormat;
  readonly updateUserNameOn: 'create' | 'create_and_update';
  readonly integration: IntegrationSettings;
  readonly toApp: ToAppSettings;
  readonly renameAppGroups: boolean;
  readonly advanced: AdvancedSettings;
}

/** Provisioning > Integration. */
interface IntegrationSettings {
  readonly baseUrl: string;
  readonly uniqueIdentifier: string;
  readonly importUsers: boolean;
  readonly pushNewUsers: boolean;
  readonly pushProfileUpdates: boolean;
  readonly pushGroups: boolean;
  readonly importGroups: boolean;
  readonly authenticationMode: 'basic' | 'header';
  /** The text pasted behind `Bearer`. */
  readonly token: string;
  readonly basicUser: string;
  readonly basicPassword: string;
}

/** Provisioning > To App. */
interface ToAppSettings {
  readonly createUsers: boolean;
  readonly updateUserAttributes: boolean;
  readonly deactivateUsers: boolean;
  readonly syncPassword: 'off' | 'random' | 'okta';
}

/** Switches for what no Okta document settles, or what has to be provoked. */
export interface AdvancedSettings {
  readonly filterSpace: '%20' | '+';
  /** With another unique identifier than userName: its value in `userName eq`, or its own name. */
  readonly identifierWire: 'userName' | 'attribute';
  /** How an attribute that lost its value is sent. */
  readonly clearedAs: 'empty' | 'null' | 'absent';
  /** The profile PUT after a reactivation carries the old `active: false`. */
  readonly staleActive: boolean;
  readonly memberDisplayNull: boolean;
  /** The group's POST carries its members, as older references show. */
  readonly membersInGroupCreate: boolean;
  /** "Push now" in catalog mode: `path: "members"`, or a path-less value with id and name. */
  readonly pushNowShape: 'path' | 'pathless';
  /** Entra's aadOptscim062020. */
  readonly entraFlag: boolean;
}

/** Settings of a new app: nothing is switched on. */
export const defaultSettings: AppSettings = {
  mode: 'aiw',
  scimEnabled: false,
  userNameFormat: 'email',
  updateUserNameOn: 'create_and_update',
  integration: {
    baseUrl: '',
    uniqueIdentifier: 'userName',
    importUsers: false,
    pushNewUsers: false,
    pushProfileUpdates: false,
    pushGroups: false,
    importGroups: false,
    authenticationMode: 'header',
    token: '',
    basicUser: '',
    basicPassword: '',
  },
  toApp: {
    createUsers: false,
    updateUserAttributes: false,
    deactivateUsers: false,
    syncPassword: 'off',
  },
  renameAppGroups: true,
  advanced: {
    filterSpace: '%20',
    identifierWire: 'userName',
    clearedAs: 'empty',
    staleActive: false,
    memberDisplayNull: false,
    membersInGroupCreate: false,
    pushNowShape: 'path',
    entraFlag: true,
  },
};

/** What the app may send with these settings: a switch that is off sends nothing. */
export interface Allowed {
  readonly anything: boolean;
  readonly create: boolean;
  readonly update: boolean;
  readonly deactivate: boolean;
  readonly groups: boolean;
}

/** Reads {@link Allowed} off the settings; an action has to be ticked before its switch counts. */
export function allowed(settings: AppSettings): Allowed {
  const { integration, toApp, scimEnabled } = settings;
  const anything = scimEnabled && integration.baseUrl !== '';
  return {
    anything,
    create: anything && integration.pushNewUsers && toApp.createUsers,
    update: anything && integration.pushProfileUpdates && toApp.updateUserAttributes,
    deactivate: anything && toApp.deactivateUsers,
    groups: anything && integration.pushGroups,
  };
}

type Loose = Readonly<Record<string, unknown>>;

/**
 * `base` with every known setting that `change` carries with the right type. Unknown names and wrong types throw a
 * `TypeError` that names the setting.
 */
export function mergeSettings(base: AppSettings, change: Loose): AppSettings {
  // The merge keeps the shape of `base`: each leaf is checked against the default's type below.
  return merge(base as unknown as Loose, change, '') as unknown as AppSettings;
}

const choices: Readonly<Record<string, readonly string[]>> = {
  mode: ['aiw', 'catalog', 'entra'],
  userNameFormat: ['login', 'email', 'email_prefix'],
  updateUserNameOn: ['create', 'create_and_update'],
  'integration.authenticationMode': ['basic', 'header'],
  'toApp.syncPassword': ['off', 'random', 'okta'],
  'advanced.filterSpace': ['%20', '+'],
  'advanced.identifierWire': ['userName', 'attribute'],
  'advanced.clearedAs': ['empty', 'null', 'absent'],
  'advanced.pushNowShape': ['path', 'pathless'],
};

function merge(base: Loose, change: Loose, prefix: string): Loose {
  const next: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(change)) {
    const current = base[name];
    const path = prefix + name;
    if (current === undefined) throw new TypeError(`There is no setting "${path}".`);
    next[name] = isRecord(current) ? mergeGroup(current, value, path) : leaf(current, value, path);
  }
  return next;
}

function mergeGroup(current: Loose, value: unknown, path: string): Loose {
  if (!isRecord(value)) throw new TypeError(`Setting "${path}" is a group of settings.`);
  return merge(current, value, `${path}.`);
}

function leaf(current: unknown, value: unknown, path: string): unknown {
  if (typeof value !== typeof current) {
    throw new TypeError(`Setting "${path}" is a ${typeof current}.`);
  }
  const choice = choices[path];
  if (choice !== undefined && !choice.includes(String(value))) {
    throw new TypeError(`Setting "${path}" is one of ${choice.join(', ')}.`);
  }
  return value;
}

/** True for a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
