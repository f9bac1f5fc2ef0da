import { z } from 'zod';
import { id, instant } from './common.ts';

/** What an API key may touch. */
export const apiKeyAreas = [
  'account',
  'billing',
  'domains',
  'sso',
  'scim',
  'people',
  'organizations',
  'audit',
] as const;

/** What an API key may do: read an area, or change it too. */
export const apiKeyScope = z.templateLiteral([z.enum(apiKeyAreas), ':', z.enum(['read', 'write'])]);
export type ApiKeyScope = z.infer<typeof apiKeyScope>;

export const apiKeyExpiration = z.enum(['30_days', '90_days', '1_year']);
export type ApiKeyExpiration = z.infer<typeof apiKeyExpiration>;

/** A key of the management API, without its secret. */
export const apiKey = z.object({
  id,
  name: z.string(),
  scopes: z.array(apiKeyScope),
  lastFour: z.string(),
  /** Suspended while whoever made it is no active owner or co-owner of the account. */
  state: z.enum(['valid', 'suspended', 'expired', 'revoked']),
  createdAt: instant,
  /** Name of whoever made it, where they are still known. */
  createdBy: z.string().nullable(),
  expiresAt: instant,
  revokedAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
});
export type ApiKey = z.infer<typeof apiKey>;

export const newApiKeyBody = z.object({
  name: z.string().trim().min(1, 'Give the key a name.').max(100),
  scopes: z.array(apiKeyScope).min(1, 'Choose at least one scope.').max(20),
  expiration: apiKeyExpiration,
});

/** A key that was just made, with its secret, which is shown only here. */
export const issuedApiKey = z.object({ key: apiKey, secret: z.string() });
export type IssuedApiKey = z.infer<typeof issuedApiKey>;
