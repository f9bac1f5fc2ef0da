/** What caused a change: one SCIM request of one directory. */
export interface Cause {
  readonly accountId: string;
  readonly directoryId: string;
  readonly requestId: string;
  readonly provider: 'okta' | 'entra' | 'generic';
  /** As people call the directory: "Okta". */
  readonly actorName: string;
  /** UTC milliseconds. */
  readonly at: number;
}

/** How a directory user stands to the people here; the column of that name. */
export type Link = 'none' | 'linked' | 'invited' | 'conflict' | 'removed';

/** What a directory says of a person. */
export interface UserSaid {
  /** Id of the directory user. */
  readonly id: string;
  readonly userName: string;
  readonly externalId: string | null;
  readonly displayName: string | null;
  /** The name to show. */
  readonly name: string;
  /** Primary first. */
  readonly emails: readonly string[];
  readonly active: boolean;
}

/** The same with the two columns that tie it to a person. */
export type LinkedUserSaid = UserSaid & { readonly userId: string | null; readonly link: Link };

/** What a directory says of a group; the members are told as additions and removals. */
export interface GroupSaid {
  /** Id of the directory group. */
  readonly id: string;
  readonly displayName: string;
  readonly externalId: string | null;
}

/** The same with the column that ties it to a team. */
export type LinkedGroupSaid = GroupSaid & { readonly teamId: string | null };
