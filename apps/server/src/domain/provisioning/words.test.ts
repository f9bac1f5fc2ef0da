import { describe, expect, it } from 'vitest';
import { type ToldEffect, tellEffect } from './words.ts';

const effect = (told: Partial<ToldEffect> & Pick<ToldEffect, 'kind'>): ToldEffect => ({
  state: 'applied',
  reason: null,
  subject_name: 'Ada Example',
  before: null,
  after: null,
  ...told,
});
const tell = (told: Parameters<typeof effect>[0]) => tellEffect(effect(told), 'Okta');

describe('an effect in words', () => {
  it('is a sentence that says who did what, also where it was refused', () => {
    expect(tell({ kind: 'access_granted' }).sentence).toBe('Okta gave Ada Example access.');
    const state = 'refused';
    expect(tell({ kind: 'access_granted', state, reason: 'seats_exhausted' })).toEqual({
      sentence: 'Okta could not give Ada Example access.',
      detail: 'Because no license is free.',
    });
    expect(tell({ kind: 'access_ended', state, reason: 'last_owner' })).toEqual({
      sentence: 'Okta could not deactivate Ada Example.',
      detail: 'Because this person is the only owner.',
    });
  });

  it('tells of an owner that nothing changes before a decision', () => {
    const waiting = { state: 'waiting', reason: 'owner' } as const;
    const told = tell({ kind: 'owner_conflict', ...waiting });
    expect(told.sentence).toBe('Okta sent Ada Example, who is an owner or co-owner here.');
    expect(told.detail).toContain('Until you decide, nothing changes for this person.');
    const kept = tell({ kind: 'access_kept', ...waiting });
    expect(kept.sentence).toBe(
      'Okta gave up Ada Example, who is an owner or co-owner and stays by hand.',
    );
  });

  it('tells what an owner decided, for and against', () => {
    const told = tell({
      kind: 'team_conflict',
      reason: 'name_taken',
      before: '{"name":"Sales"}',
      after: '{"name":"Sales (Okta)"}',
    });
    expect(told.sentence).toBe('The group of Okta was linked to the team Sales.');
    const against = { state: 'refused', reason: 'owner' } as const;
    expect(tell({ kind: 'owner_conflict', ...against })).toEqual({
      sentence: 'The record of Ada Example that Okta sent was left out.',
      detail: 'An owner or co-owner decided so.',
    });
  });

  it('leaves a name as it is, whatever it holds', () => {
    const told = tell({ kind: 'invited', state: 'refused', subject_name: '$& 100 %' });
    expect(told.sentence).toBe('Okta could not invite $& 100 %.');
  });
});
