/** What an IdP asks for most, in the words of the log; the filter offers these. */
export const operations = [
  'Create user',
  'Update user',
  'Deactivate user',
  'Reactivate user',
  'Delete user',
  'Read user',
  'List users',
  'Look up by userName',
  'Create group',
  'Update group',
  'Delete group',
  'Read group',
  'List groups',
] as const;
