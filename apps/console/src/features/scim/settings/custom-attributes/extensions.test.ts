import { describe, expect, it } from 'vitest';
import {
  type AttributeDraft,
  nameProblem,
  urnProblem,
  withAttribute,
  withoutAttribute,
} from './extensions.ts';

const draft: AttributeDraft = {
  urn: 'urn:example:hr:2.0:User',
  resourceType: 'User',
  name: 'badge',
  type: 'string',
  multiValued: false,
  caseExact: true,
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

  it('say what is wrong with a name or a URN', () => {
    expect(nameProblem('badge_2')).toBeUndefined();
    for (const name of ['', '2nd', 'a b', 'x'.repeat(65)]) expect(nameProblem(name)).toBeDefined();
    expect(urnProblem(draft.urn)).toBeUndefined();
    for (const urn of ['', 'hr', 'urn:x', 'urn:ietf:params:scim:schemas:core:2.0:User']) {
      expect(urnProblem(urn), urn).toBeDefined();
    }
  });
});
