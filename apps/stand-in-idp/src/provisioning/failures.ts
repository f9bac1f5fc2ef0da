import type { ProvisioningError } from '../scim-client/errors.ts';
import type { Job } from '../store/jobs.ts';
import { fullName } from '../store/profile.ts';
import type { Store } from '../store/store.ts';

/** Makes a task of a failed job, and marks the assignment or push that it was about. */
export function recordFailure(store: Store, job: Job, error: ProvisioningError, now: number): void {
  if ('personId' in job) {
    store.appUsers.change(job.personId, { state: 'ERROR', error: error.message });
  } else if ('groupId' in job && job.kind !== 'group-delete') {
    store.pushes.change(job.groupId, { status: 'ERROR', error: error.message });
  }
  const title = `${describeJob(store, job)} to app ${store.app.get().label} failed`;
  store.tasks.put(job, title, error.message, now);
}

const verbs: Readonly<Record<Job['kind'], string>> = {
  provision: 'Automatic provisioning of user',
  update: 'Automatic profile push of user',
  deactivate: 'Automatic deprovisioning of user',
  password: 'Automatic password push of user',
  'forget-user': 'Deletion of user',
  'group-push': 'Group push of',
  'group-members': 'Membership push of group',
  'group-replace': 'Push now of group',
  'group-rename': 'Rename of group',
  'group-link': 'Link of group',
  'group-delete': 'Deletion of group',
  import: 'Import',
};

/** A job in words: "Automatic provisioning of user Ada Example". */
export function describeJob(store: Store, job: Job): string {
  const verb = verbs[job.kind];
  if ('name' in job) return `${verb} ${job.name}`;
  if ('personId' in job) {
    const person = store.people.get(job.personId);
    return `${verb} ${person === undefined ? job.personId : fullName(person.profile)}`;
  }
  if ('groupId' in job) return `${verb} ${store.groups.get(job.groupId)?.name ?? job.groupId}`;
  return verb;
}
