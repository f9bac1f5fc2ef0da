import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { isSender, isSmtpUrl, type SmtpSettings, smtpSettings } from './mail/smtp-settings.ts';

/** What the operator decides, read once when the process starts. */
export interface Settings {
  /** `sqlite:` and a path, or `postgres://…`. */
  readonly databaseUrl: string;
  /** The folder of the embedded database; it may have to be made. Absent where DATABASE_URL names the database. */
  readonly dataDir?: string;
  /** Where browsers and IdPs reach this service, without a slash at its end. */
  readonly publicUrl: string;
  readonly host: string;
  readonly port: number;
  readonly productName: string;
  /** Addresses and networks whose `X-Forwarded-*` headers are believed. */
  readonly trustedProxies: readonly string[];
  readonly logLevel: LogLevel;
  /** Where mail leaves; null where it waits in the outbox. */
  readonly smtp: SmtpSettings | null;
  /** Resolvers that are asked about domains, `address` or `address:port`; empty for those of the system. */
  readonly dnsServers: readonly string[];
  /** Whether people may make a sign-in of their own. */
  readonly signUp: boolean;
  /** What stored secrets are sealed with; null where it was not set. */
  readonly secretKey: string | null;
  /** `host:port` of IdPs in private networks or on this machine, which are asked all the same. */
  readonly privateHosts: readonly string[];
  /** SCIM requests a second that one connector token may send; null for no limit. */
  readonly scimRateLimit: number | null;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** A setting that cannot be used; `message` is one line that names it and says what to write instead. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const DEFAULT_PORT = 4280;
const MAXIMUM_PORT = 65_535;
const SHORTEST_KEY = 32;
/** Entra asks for 25 a second; a small machine writes ten times as many as this. */
const DEFAULT_RATE_LIMIT = 500;
const MAXIMUM_RATE_LIMIT = 100_000;

const schema = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, 'must be sqlite:path or postgres://user@host/name')
    .refine(
      isDatabaseUrl,
      'must be a URL, with special characters of user and password percent-encoded: %25 for %, %40 for @, %2F for /',
    )
    .optional(),
  DATA_DIR: z.string().default('data'),
  PUBLIC_URL: z
    .string()
    .refine(isOrigin, 'must be an origin such as https://rollcall.example.com, without a path')
    .refine(isSecure, 'must begin with https:// unless it is on loopback')
    .optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: z
    .string()
    .refine(isPort, `must be a number from 0 to ${MAXIMUM_PORT}`)
    .transform(Number)
    .default(DEFAULT_PORT),
  PRODUCT_NAME: z.string().trim().max(60, 'must have 60 characters at most').default('Insomnia'),
  TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine(
      (networks) => networks.every(isNetwork),
      'must be addresses or networks such as 10.0.0.0/8, with commas between',
    )
    .default([]),
  SMTP_URL: z
    .string()
    .refine(
      isSmtpUrl,
      'must be smtp://user:password@host:587 or smtps://user:password@host:465, special characters percent-encoded',
    )
    .optional(),
  MAIL_FROM: z
    .string()
    .refine(isSender, 'must be an address such as Rollcall <rollcall@example.com>')
    .optional(),
  DNS_SERVERS: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine(
      (servers) => servers.length <= 3 && servers.every(isDnsServer),
      'must be one to three addresses such as 10.0.0.53 or 10.0.0.53:5353, with commas between',
    )
    .default([]),
  SIGN_UP: z.enum(['on', 'off'], 'must be on or off').default('off'),
  SECRET_KEY: z
    .string()
    .min(SHORTEST_KEY, `must have ${SHORTEST_KEY} characters or more, made at random`)
    .optional(),
  PRIVATE_HOSTS: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim().toLowerCase()))
    .refine(
      (hosts) => hosts.every((host) => /^(\[[0-9a-f:.]+\]|[^\s:/]+):\d{1,5}$/.test(host)),
      'must be host and port such as idp.internal:443, with commas between',
    )
    .default([]),
  SCIM_RATE_LIMIT: z
    .string()
    .refine(
      isRateLimit,
      `must be off or a number from 1 to ${MAXIMUM_RATE_LIMIT}, requests a second`,
    )
    .transform((text) => (text === 'off' ? null : Number(text)))
    .default(DEFAULT_RATE_LIMIT),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
});

/**
 * Reads the settings from the environment. An empty variable counts as unset. Throws `SettingsError` for the first that
 * cannot be used; it never repeats the value, which may be a secret.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const set = Object.entries(environment).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  const parsed = schema.safeParse(Object.fromEntries(set));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new SettingsError(`${issue?.path.join('.')} ${issue?.message}`);
  }
  const { DATABASE_URL, DATA_DIR, PUBLIC_URL, HOST, PORT, SMTP_URL, MAIL_FROM, ...rest } =
    parsed.data;
  return {
    ...databaseOf(DATABASE_URL, resolve(DATA_DIR)),
    publicUrl: publicUrl(PUBLIC_URL, HOST, PORT),
    host: HOST,
    port: PORT,
    productName: rest.PRODUCT_NAME,
    trustedProxies: rest.TRUSTED_PROXIES,
    logLevel: rest.LOG_LEVEL,
    smtp: smtp(SMTP_URL, MAIL_FROM),
    dnsServers: rest.DNS_SERVERS,
    signUp: rest.SIGN_UP === 'on',
    secretKey: rest.SECRET_KEY ?? null,
    privateHosts: rest.PRIVATE_HOSTS,
    scimRateLimit: rest.SCIM_RATE_LIMIT,
  };
}

function databaseOf(url: string | undefined, dataDir: string) {
  if (url !== undefined) return { databaseUrl: url };
  return { databaseUrl: `sqlite:${join(dataDir, 'rollcall.db')}`, dataDir };
}

function smtp(url: string | undefined, from: string | undefined): SmtpSettings | null {
  if (url === undefined) return null;
  if (from === undefined) throw new SettingsError('MAIL_FROM must be set where SMTP_URL is');
  return smtpSettings(url, from);
}

function publicUrl(configured: string | undefined, host: string, port: number): string {
  if (configured !== undefined) return new URL(configured).origin;
  if (port === 0) throw new SettingsError('PUBLIC_URL must be set where PORT is 0');
  if (isLoopback(host)) return `http://${host === '::1' ? '[::1]' : host}:${port}`;
  throw new SettingsError(
    'PUBLIC_URL must be set where HOST is not loopback: the https:// address that browsers and the IdP use',
  );
}

/** Whether a host name or address never leaves this machine. */
function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

function isDatabaseUrl(text: string): boolean {
  if (text.startsWith('sqlite:')) return true;
  // The host may be left out for a socket: postgres://user@/name?host=/run/postgresql
  const url = URL.parse(text.replace('@/', '@socket/'));
  return url !== null && isPercentEncoded(url.href);
}

/** Whether every % begins an escape, and all of them together are UTF-8. */
function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return false;
  return `${url.origin}/` === url.href;
}

function isSecure(text: string): boolean {
  const url = URL.parse(text);
  return url === null || url.protocol === 'https:' || isLoopback(url.hostname);
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= MAXIMUM_PORT;
}

function isRateLimit(text: string): boolean {
  return text === 'off' || (/^[1-9]\d{0,5}$/.test(text) && Number(text) <= MAXIMUM_RATE_LIMIT);
}

function isDnsServer(text: string): boolean {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (isIP(text) === 6) return true;
  const version = isIP(bracketed ?? plain ?? '');
  return (
    version === (bracketed === undefined ? 4 : 6) &&
    (port === undefined || (isPort(port) && port !== '0'))
  );
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
  );
}
