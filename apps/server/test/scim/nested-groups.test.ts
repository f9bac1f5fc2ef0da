import type { JsonObject } from '@rollcall/scim';
import { expect, it } from 'vitest';
import { describeEachEngine } from '../support/databases.ts';
import { group, patch } from './bodies.ts';
import { idsOf, people } from './people.ts';
import { startScim } from './scim-server.ts';

describeEachEngine('Groups inside groups', (databases) => {
  it('makes a member of the inner group an indirect member of the outer ones, once, whatever circles there are (U-19, U-20, G-10, Z-12)', async () => {
    const scim = await startScim(await databases.open(), { seats: 100 });
    const [ada, grace] = await people(scim, 2);
    const make = async (name: string, members: readonly unknown[]) =>
      (await scim.send('POST', '/Groups', { body: group(name, members.map(String)) })).body;
    const inner = await make('Inner', [ada?.id]);
    const middle = await make('Middle', [inner.id, ada?.id]);
    const outer = await make('Outer', [middle.id, grace?.id]);
    const circle = patch({ op: 'add', path: 'members', value: [{ value: outer.id }] });
    await scim.send('PATCH', `/Groups/${inner.id}`, { body: circle });
    const { body } = await scim.send('GET', `/Users/${ada?.id}`);
    const told = body.groups.map(({ value, type, display }: JsonObject) => [value, type, display]);
    expect(told).toEqual([
      [inner.id, 'direct', 'Inner'],
      [middle.id, 'direct', 'Middle'],
      [outer.id, 'indirect', 'Outer'],
    ]);
    for (const [filter, expected] of [
      [`groups.value eq "${inner.id}"`, [ada?.id, grace?.id]],
      [`groups[value eq "${outer.id}"]`, [ada?.id, grace?.id]],
      [`groups[value eq "${outer.id}" and type eq "indirect"]`, [ada?.id]],
      ['groups.type eq "indirect"', [ada?.id, grace?.id]],
      ['groups.display eq "middle"', [ada?.id, grace?.id]],
    ] as const) {
      const found = await scim.send('GET', `/Users?filter=${encodeURIComponent(filter)}`);
      expect(idsOf(found.body), filter).toEqual(expected);
    }
  });
});
