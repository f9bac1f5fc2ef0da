import type { ConnectorToken, Directory } from '@rollcall/api';

/** A directory that is on and healthy, with what a test says differently. */
export function directoryWith(part: Partial<Directory> = {}): Directory {
  return {
    id: '01a20ce4-f020-7d08-9f42-6b1e5c0a88d3',
    name: 'Okta',
    provider: 'okta',
    state: 'on',
    health: 'healthy',
    connectorUrl: 'https://insomnia.example.com/scim/01a20ce4-f020-7d08-9f42-6b1e5c0a88d3/v2',
    createdAt: '2026-11-24T10:00:00.000Z',
    policies: {
      seats: 'wait',
      outsidersPerDay: 20,
      handmadeTeams: 'hidden',
      groupNames: 'unique',
    },
    tokens: [tokenWith()],
    milestones: [],
    people: 298,
    groups: 14,
    linkedTeams: 14,
    decisions: 0,
    seats: { purchased: 350, used: 312, reserved: 9, left: 29, waiting: 0 },
    requirements: [],
    lastRequest: null,
    recent: { requests: 309, refused: 0, failed: 0 },
    refusedSinceExpiry: 0,
    ...part,
  };
}

/** A valid token, with what a test says differently. */
export function tokenWith(part: Partial<ConnectorToken> = {}): ConnectorToken {
  return {
    id: '01a20ce4-f020-7d08-9f42-000000000001',
    lastFour: 'k2Lm',
    access: 'read_write',
    state: 'valid',
    createdAt: '2026-11-24T10:00:00.000Z',
    expiresAt: '2027-11-24T10:00:00.000Z',
    retiresAt: null,
    lastUsedAt: '2027-03-02T09:36:12.000Z',
    ...part,
  };
}
