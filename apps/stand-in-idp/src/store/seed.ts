import type { Store } from './store.ts';

const people = [
  ['Ada', 'Example', 'Engineer', 'Platform'],
  ['Ben', 'Sample', 'Account Executive', 'Sales'],
  ['Grace', 'Sample', 'Engineering Manager', 'Platform'],
  ['Ines', 'Example', 'Sales Lead', 'Sales'],
  ['Noor', 'Example', 'Designer', 'Product'],
  ['Tom', 'Sample', 'Support Engineer', 'Support'],
] as const;

const groups = [
  ['Sales', 'Everybody who sells', ['ben', 'ines']],
  ['Platform Team', 'Builds and runs the platform', ['ada', 'grace']],
] as const;

/** Fills a new data file with sample people and groups; nobody is assigned yet. */
export function seedDemo(store: Store, now: number): void {
  const ids = new Map<string, string>();
  for (const [firstName, lastName, title, department] of people) {
    const email = `${firstName}.${lastName}@example.com`.toLowerCase();
    const profile = { firstName, lastName, login: email, email, title, department };
    ids.set(firstName.toLowerCase(), store.people.add(profile, 'ACTIVE', null, now).id);
  }
  for (const [name, description, members] of groups) {
    const { id } = store.groups.add(name, description, now);
    for (const member of members) store.groups.addMember(id, ids.get(member) ?? '');
  }
}
