/** How mail leaves the server. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps:`). Without it STARTTLS is required, but on loopback. */
  readonly secure: boolean;
  readonly requireTls: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** The sender: an address, or a name with the address behind it. */
  readonly from: string;
}

const defaultPorts: Readonly<Record<string, number>> = { 'smtp:': 587, 'smtps:': 465 };

/** Whether a text is `smtp:` or `smtps:` with a host, and at most credentials and a port beside it. */
export function isSmtpUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || !(url.protocol in defaultPorts) || url.hostname === '') return false;
  if (url.username === '' && url.password !== '') return false;
  return /^\/?$/.test(url.pathname) && url.search === '' && url.hash === '' && isDecodable(url);
}

function isDecodable({ username, password }: URL): boolean {
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}

/** Whether a text is one sender: `rollcall@example.com` or `Rollcall <rollcall@example.com>`. */
export function isSender(text: string): boolean {
  const [, address = text] = /^[^<>\r\n"]{1,100} <([^<>]+)>$/.exec(text) ?? [];
  return /^[^\s@<>,;"\\\p{Cc}]{1,64}@[a-z0-9.-]{1,190}$/iu.test(address);
}

/** Reads what `isSmtpUrl` and `isSender` have accepted. */
export function smtpSettings(text: string, from: string): SmtpSettings {
  const url = new URL(text);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const loopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host);
  const secure = url.protocol === 'smtps:';
  return {
    host,
    port: url.port === '' ? (defaultPorts[url.protocol] ?? 0) : Number(url.port),
    secure,
    requireTls: !secure && !loopback,
    user: url.username === '' ? undefined : decodeURIComponent(url.username),
    password: url.password === '' ? undefined : decodeURIComponent(url.password),
    from,
  };
}
