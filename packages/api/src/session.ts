import { z } from 'zod';
import { id, instant, role } from './common.ts';

export const passphrase = z.string().min(1).max(1024);
export const emailAddress = z.string().trim().min(3).max(254);
export const personName = z.string().trim().min(1).max(200);
export const accountName = z.string().trim().min(1).max(120);

export const setupLink = z.object({ state: z.literal('ready') });

export const setupBody = z.object({
  code: z.string().min(1).max(200),
  name: personName,
  email: emailAddress,
  passphrase,
  accountName,
});

export const identifyBody = z.object({ email: emailAddress });
/** How this address signs in. It reads the same for an unknown person. */
export const identified = z.object({
  method: z.enum(['passphrase', 'sso']),
  location: z.string().nullable(),
});

export const signInBody = z.object({ email: emailAddress, passphrase });
export const freshFactorBody = z.object({ passphrase });

export const session = z.object({
  productName: z.string(),
  user: z.object({ id, name: z.string(), email: z.string() }),
  /** `ownerName` is whom to ask for what one's own role does not open. */
  accounts: z.array(z.object({ id, name: z.string(), role, ownerName: z.string() })),
  /** Until when sensitive acts need no further proof; null when they do. */
  freshUntil: instant.nullable(),
});
export type Session = z.infer<typeof session>;

/** What a sign-in by passphrase still asks for, of somebody who has set it up; and until when. */
export const secondFactor = z.object({
  app: z.boolean(),
  passkey: z.boolean(),
  recoveryCode: z.boolean(),
  until: instant,
});
export type SecondFactor = z.infer<typeof secondFactor>;
export const halfSignedIn = z.object({ secondFactor });

/** A session, or what is still to be presented before there is one. */
export const signedIn = z.union([session, halfSignedIn]);
export type SignedIn = z.infer<typeof signedIn>;

/** What the sign-in pages need before anybody is known. */
export const product = z.object({ name: z.string(), setUp: z.boolean(), signUp: z.boolean() });

export const sessionEntry = z.object({
  id,
  current: z.boolean(),
  createdAt: instant,
  lastSeenAt: instant,
  address: z.string(),
  userAgent: z.string(),
  methods: z.array(z.string()),
});
export type SessionEntry = z.infer<typeof sessionEntry>;

export const profileEmail = z.object({
  address: z.string(),
  primary: z.boolean(),
  proved: z.boolean(),
});
export const profile = z.object({
  id,
  name: z.string(),
  emails: z.array(profileEmail),
  hasPassphrase: z.boolean(),
});
export type Profile = z.infer<typeof profile>;
export const profileBody = z.object({ name: personName });
export const passphraseBody = z.object({ passphrase });

/**
 * What an invited person sees before accepting. `hasPassphrase`: the address already signs in here. `sso`: where the sign-in
 * begins that accepts it, where the account takes its identity provider's word alone; null where a passphrase does.
 */
export const invitation = z.object({
  accountName: z.string(),
  address: z.string(),
  expiresAt: instant,
  hasPassphrase: z.boolean(),
  sso: z.string().nullable(),
});
export type Invitation = z.infer<typeof invitation>;

/** A new person gives a name and sets a passphrase; one who has a passphrase proves it. */
export const acceptInvitationBody = z.object({
  code: z.string().min(1).max(200),
  name: personName.optional(),
  passphrase,
});
