import type { AppUser } from '../store/app-users.ts';
import type { Person } from '../store/people.ts';
import type { Store } from '../store/store.ts';

/** A person who may use the app: active, and assigned to it. */
export interface Assigned {
  readonly person: Person;
  readonly appUser: AppUser;
}

export function findAssigned({ people, appUsers }: Store, personId: string): Assigned | undefined {
  const person = people.get(personId);
  const appUser = appUsers.get(personId);
  if (person?.status !== 'ACTIVE' || appUser?.assigned !== true) return undefined;
  return { person, appUser };
}
