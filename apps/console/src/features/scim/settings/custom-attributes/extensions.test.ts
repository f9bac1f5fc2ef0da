import { describe, expect, it } from 'vitest';
import {
  type AttributeDraft,
  attributeIn,
  canBeUnique,
  nameProblem,
  urnProblem,
  withAttribute,
  withoutAttribute,
  withUniqueness,
} from './extensions.ts';

const draft: AttributeDraft = {
  urn: 'urn:example:hr:2.0:User',
  resourceType: 'User',
  name: 'badge',
  type: 'string',
  multiValued: false,
  caseExact: true,
  unique: false,
};

describe('custom attributes', () => {
  it('make their extension with the first and take it away with the last', () => {
    const one = withAttribute([], draft);
    const two = withAttribute(one, {
      ...draft,
      urn: draft.urn.toUpperCase(),
      name: 'level',
      type: 'integer',
    });
    expect(two.map(({ urn, name }) => [urn, name])).toEqual([[draft.urn, 'hr']]);
    expect(two[0]?.attributes.map(({ name }) => name)).toEqual(['badge', 'level']);
    expect(withoutAttribute(two, draft.urn, 'level')).toEqual(one);
    expect(withoutAttribute(one, draft.urn, 'badge')).toEqual([]);
  });

  it('are unique where they have one value of text, a whole number or a link, and nowhere else', () => {
    // Whatever was ticked before another type was chosen.
    const unique = { ...draft, unique: true };
    const taken = (part: Partial<AttributeDraft>) =>
      attributeIn(withAttribute([], { ...unique, ...part }), draft.urn, draft.name)?.uniqueness;
    const types = ['string', 'integer', 'reference'] as const;
    expect(types.map((type) => taken({ type }))).toEqual(['server', 'server', 'server']);
    for (const type of ['boolean', 'decimal', 'dateTime', 'binary', 'complex'] as const) {
      expect([canBeUnique({ type, multiValued: false }), taken({ type })]).toEqual([false, 'none']);
    }
    expect(taken({ multiValued: true })).toBe('none');
    expect(taken({ unique: false })).toBe('none');
  });

  it('become unique one by one, and back', () => {
    const one = withAttribute([], draft);
    const two = withAttribute(one, { ...draft, name: 'level' });
    const all = withAttribute(two, { ...draft, urn: 'urn:example:hr:2.0:Group' });
    const switched = withUniqueness(all, draft.urn, 'level', true);
    const unique = switched.flatMap(({ attributes }) => attributes.map((a) => a.uniqueness));
    expect(unique).toEqual(['none', 'server', 'none']);
    expect(withUniqueness(switched, draft.urn, 'level', false)).toEqual(all);
    expect(attributeIn(all, draft.urn, 'room')).toBeUndefined();
  });

  it('say what is wrong with a name or a URN', () => {
    expect(nameProblem('badge_2')).toBeUndefined();
    for (const name of ['', '2nd', 'a b', 'x'.repeat(65)]) expect(nameProblem(name)).toBeDefined();
    expect(urnProblem(draft.urn)).toBeUndefined();
    for (const urn of ['', 'hr', 'urn:x', 'urn:ietf:params:scim:schemas:core:2.0:User']) {
      expect(urnProblem(urn), urn).toBeDefined();
    }
  });
});
