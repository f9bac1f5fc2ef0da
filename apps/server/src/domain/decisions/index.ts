export { type DecideAct, decide } from './decide.ts';
export {
  linkGroup,
  previewLink,
  previewUnlink,
  type TeamChoice,
  unlinkGroup,
} from './link-group.ts';
export { countReview, listReview } from './list.ts';
export { previewRelease, releaseUserName } from './release-user-name.ts';
