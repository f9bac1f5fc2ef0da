import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import { second } from '../duration.ts';
import type { SmtpSettings } from './smtp-settings.ts';

/** A mail as it is handed over. */
export interface OutgoingMail {
  /** Without angle brackets; the same at every try. */
  readonly messageId: string;
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/**
 * What became of one try. `refused`: never, however often it is tried. `failed`: it did not leave, and can be tried
 * again. `unknown`: the connection went after the mail was handed over, before the server's word: it may have left.
 */
export type Delivery =
  | { readonly outcome: 'sent' }
  | {
      readonly outcome: 'refused' | 'failed' | 'unknown';
      /** What the server or the network said, for the operator. */
      readonly reason: string;
      /** The server could not be spoken to at all: others would fare the same. */
      readonly unreachable: boolean;
    };

/** A way to an SMTP server, over one connection that is kept. */
export interface MailTransport {
  /** Never rejects. */
  send(mail: OutgoingMail): Promise<Delivery>;
  close(): void;
}

const limits = {
  connectionTimeout: 10 * second,
  greetingTimeout: 10 * second,
  socketTimeout: 30 * second,
} as const;

/** Opens nothing until the first mail. */
export function openTransport(smtp: SmtpSettings): MailTransport {
  const { host, port, secure, requireTls: requireTLS, user, password: pass, from } = smtp;
  const wire = createTransport({
    host,
    port,
    secure,
    requireTLS,
    ...(user !== undefined && { auth: { user, pass: pass ?? '' } }),
    pool: true,
    maxConnections: 1,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...limits,
  });
  return {
    async send(mail) {
      const { message, envelope } = await compose(from, mail);
      const wasHandedOver = { value: false };
      const raw = noticed(message, wasHandedOver);
      try {
        await wire.sendMail({ envelope, raw });
        return { outcome: 'sent' };
      } catch (error) {
        return judge(error, wasHandedOver.value);
      }
    },
    close: () => wire.close(),
  };
}

/** Writes the whole message first, so that nothing but the network can go wrong while it is sent. */
async function compose(from: string, mail: OutgoingMail) {
  const writer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const { messageId, recipient, subject, text, html } = mail;
  const { message, envelope } = await writer.sendMail({
    messageId: `<${messageId}>`,
    from,
    to: { name: '', address: recipient },
    subject,
    text,
    html,
    // No mail of ours wants the answer of an absence notice (RFC 3834 §5).
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { message: Buffer.from(message as Buffer), envelope };
}

/** The content is first read once the server has accepted sender and recipient and asks for it. */
function noticed(message: Buffer, wasRead: { value: boolean }): Readable {
  return new Readable({
    read() {
      wasRead.value = true;
      this.push(message);
      this.push(null);
    },
  });
}

function judge(error: unknown, handedOver: boolean): Delivery {
  const { code, responseCode, message } = Object(error);
  const reason = String(message ?? code ?? error)
    .replace(/\s+/g, ' ')
    .slice(0, 300);
  const answered = typeof responseCode === 'number' && responseCode > 0;
  if (handedOver && !answered) return { outcome: 'unknown', reason, unreachable: true };
  // A wrong password and the like are the operator's to put right; only what is said of a mail ends that mail.
  const ofMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  const refused = ofMail && answered && responseCode >= 500;
  return { outcome: refused ? 'refused' : 'failed', reason, unreachable: !ofMail };
}
