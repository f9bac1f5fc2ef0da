export { planReplacement } from './change-members.ts';
export { type GroupRecord, listGroupRecords, readGroupRecord } from './list-group-records.ts';
export { groupSource, listGroups } from './list-groups.ts';
export { renderGroup, renderWholeGroup } from './render-group.ts';
export { keepNamesApart } from './shared-names.ts';
export { lockGroup, readGroup, type StoredGroup } from './stored-group.ts';
export { isOffered, syncTeamOffers } from './team-offers.ts';
export {
  changeGroup,
  createGroup,
  deleteGroup,
  type GroupChange,
  groupDocumentOf,
  refuseTakenName,
} from './write-group.ts';
