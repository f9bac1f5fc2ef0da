import { describe, expect, it } from 'vitest';
import { consequencesOf } from './consequences.ts';
import type { ToldEffect } from './words.ts';

const effect = (told: Partial<ToldEffect> & Pick<ToldEffect, 'kind'>): ToldEffect => ({
  state: 'applied',
  reason: null,
  subject_name: 'Ada Example',
  before: null,
  after: null,
  ...told,
});

describe('what followed from a request', () => {
  it('of a deactivation: the seat and the sessions', () => {
    const ended = { before: '{"state":"active"}', after: '{"sessionsEnded":3}' };
    expect(consequencesOf([effect({ kind: 'access_ended', ...ended })])).toEqual([
      'freed a seat',
      '3 sessions ended',
    ]);
  });

  it('of a deactivation that ends nothing: access stays', () => {
    const kept = effect({ kind: 'access_kept', state: 'waiting', reason: 'other_sources' });
    expect(consequencesOf([kept])).toEqual(['access stays, by hand']);
    expect(consequencesOf([effect({ kind: 'source_ended' })])).toEqual([
      'access stays: there is another reason for it',
    ]);
  });

  it('of what waits: for what, and each thing once', () => {
    const waiting = effect({ kind: 'access_granted', state: 'waiting', reason: 'no_seat' });
    expect(consequencesOf([waiting, waiting])).toEqual(['waits for a seat']);
  });

  it('of what was refused: nothing', () => {
    const refused = effect({ kind: 'access_granted', state: 'refused', reason: 'plan_lapsed' });
    expect(consequencesOf([refused])).toEqual([]);
  });
});
