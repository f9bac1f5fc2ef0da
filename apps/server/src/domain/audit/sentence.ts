import type { Schema } from '../../database/index.ts';

type Told = Pick<
  Schema['audit_events'],
  'actor_kind' | 'actor_name' | 'action' | 'subject_kind' | 'subject_name'
>;

/** What was done, with `%` for whom or what it was done to. Nothing is recorded that has no words here. */
const doings = {
  'account.created': 'created the account %',
  'account.trial_started': 'started the trial',
  'account.code_activated': 'entered an activation code',
  'domain.created': 'added the domain %',
  'domain.verified': 'verified the domain %',
  'domain.failing': 'found no record of the domain % in DNS any more',
  'domain.lapsed': 'ended the domain %: its record was gone for 30 days',
  'domain.taken_over': 'gave the domain % to another account, which proved it',
  'domain.policy_changed': 'changed what holds for new people of the domain %',
  'domain.deleted': 'removed the domain %',
  'sso_connection.created': 'added the SSO connection %',
  'sso_connection.tested': 'passed the test of the SSO connection %',
  'sso_connection.changed': 'changed the SSO connection %',
  'sso_connection.certificates_changed': 'changed the certificates of the SSO connection %',
  'sso_connection.metadata_failing': 'could not take over the metadata of the SSO connection %',
  'sso_connection.enforced': 'made the SSO connection % the only way in for its domains',
  'sso_connection.released': 'let people sign in without the SSO connection % again',
  'sso_connection.deleted': 'removed the SSO connection %',
  'sso_connection.person_joined': 'let % join by signing in through SSO',
  'break_glass.opened': 'let % sign in without SSO for a while',
  'break_glass.closed': 'ended the way around SSO for %',
  'user.sessions_ended': 'ended the sessions of %',
  'directory.created': 'turned SCIM on: directory %',
  'directory.changed': 'changed the settings of the directory %',
  'directory.attributes_changed': 'changed the custom attributes of the directory %',
  'directory.turned_on': 'turned the directory % on again',
  'directory.turned_off': 'turned the directory % off',
  'directory.people_kept': 'made the people of the directory % members by hand',
  'directory.people_deactivated': 'deactivated the people of the directory %',
  'directory_user.created': 'created %',
  'directory_user.changed': 'changed %',
  'directory_user.deleted': 'deleted %',
  'directory_group.created': 'created the group %',
  'directory_group.adopted': 'took over the team %',
  'directory_group.changed': 'changed the group %',
  'directory_group.deleted': 'deleted the group %',
  'directory_group.linked': 'linked the group % to a team',
  'directory_group.unlinked': 'unlinked the group % from its team',
  'directory_user.linked': 'linked % to a person',
  'directory_user.refused': 'refused %',
  'directory_user.name_kept': 'kept the userName of %',
  'directory_user.name_released': 'released the userName of %',
  'invitation.let_out': 'had % invited beyond the number of a day',
  'user.kept': 'kept %, whom the identity provider gave up',
  'user.profile_adopted': 'took over the name and addresses of %',
  'user.profile_kept': 'kept the name and addresses of %',
  'team.created': 'made the team %',
  'team.renamed': 'renamed a team to %',
  'team.described': 'changed the description of the team %',
  'team.access_changed': 'changed what the team % gives',
  'team.deleted': 'deleted the team %',
  'team.kept_apart': 'kept the team of the group % apart',
  'team.member_added': 'added somebody to the team %',
  'team.member_removed': 'removed somebody from the team %',
  'organization.created': 'made the organization %',
  'organization.renamed': 'renamed the organization %',
  'organization.deleted': 'deleted the organization %',
  'organization.offered': 'offered the organization %',
  'organization.offer_withdrawn': 'took the offer of the organization % back',
  'organization.given_away': 'gave the organization % away',
  'organization.taken_over': 'took the organization % over',
  'organization.declined': 'declined the organization %',
  'collaborator.added': 'made % a collaborator',
  'collaborator.role_changed': 'changed the role of the collaborator %',
  'collaborator.removed': 'removed the collaborator %',
  'api_key.created': 'made the API key %',
  'api_key.revoked': 'revoked the API key %',
  'invitation.accepted': 'accepted an invitation',
  'invitation.created': 'invited %',
  'invitation.resent': 'sent the invitation of % again',
  'invitation.revoked': 'revoked the invitation of %',
  'invitation.expired': 'ended the invitation of %, which nobody accepted in time',
  'invite_control.changed': 'changed whom % may invite',
  'user.removed': 'removed %',
  'user.came_along': 'let % in, who came along with an organization',
  'user.renamed': 'changed their name to %',
  'user.captured': 'signed up and joined, as people of the domain do',
  'user.role_changed': 'changed the role of %',
  'user.app_added': 'added an authenticator app to their sign-in',
  'user.app_removed': 'removed the authenticator app of their sign-in',
  'user.passkey_added': 'added a passkey to their sign-in',
  'user.passkey_removed': 'removed a passkey of their sign-in',
  'user.recovery_codes_renewed': 'made new recovery codes for their sign-in',
  'user.passphrase_changed': 'set a new passphrase for their sign-in',
  'user.factors_reset': 'removed the authenticator app, passkeys and recovery codes of %',
  'user.seat_given': 'gave % the seat that they waited for',
  'token.created': 'made a connector token that ends in %',
  'token.revoked': 'revoked the connector token that ends in %',
} as const;

/** Everything that is recorded. */
export type AuditAction = keyof typeof doings;

const nobodys: Readonly<Record<Told['actor_kind'], string>> = {
  user: 'Somebody',
  api_key: 'An API key',
  directory: 'The identity provider',
  operator: 'The operator',
  system: 'Rollcall',
};

/** Who did it, as people read it. */
export function actorInWords({ actor_kind, actor_name }: Told): string {
  return actor_name ?? nobodys[actor_kind];
}

/** An audit event as one sentence. An action without words of its own is told by its name. */
export function auditSentence(event: Told): string {
  const subject = event.subject_name ?? '';
  const { action } = event;
  const doing = isAuditAction(action) ? doings[action] : `${wordsOf(action)}: %`;
  return `${actorInWords(event)} ${doing.replace('%', () => subject)}`.trim();
}

/** A newer program may have recorded what this one does not know. */
function isAuditAction(action: string): action is AuditAction {
  return Object.hasOwn(doings, action);
}

function wordsOf(action: string): string {
  return action.replace(/[._]/g, ' ');
}
