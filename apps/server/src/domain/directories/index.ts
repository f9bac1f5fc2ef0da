export type {
  Authentication,
  DirectoryCaller,
  DirectoryInfo,
  RefusalReason,
} from './authenticate.ts';
export { Authenticator } from './authenticator.ts';
export {
  listTokens,
  type MintedToken,
  mintToken,
  type NewConnectorToken,
  tokenState,
} from './connector-token.ts';
export { readCursorKey } from './cursor-key.ts';
export {
  connectorUrl,
  createDirectory,
  type DirectoryChange,
  type DirectoryRow,
  type DirectorySettings,
  listDirectories,
  type NewDirectory,
  policiesOf,
  readDirectory,
  updateDirectory,
} from './directory.ts';
export {
  type EnableScim,
  enableScim,
  type IssuedDirectoryToken,
  refreshToken,
  revokeToken,
  turnOff,
  turnOn,
} from './life.ts';
export { lookAt, type Sight, type Watch } from './live.ts';
export { readRequirements } from './requirements.ts';
export {
  type HealthFacts,
  healthOf,
  lastTokenEnd,
  listMilestones,
  milestonesOf,
  readNewestRequest,
  readSizes,
  tokensEndedAt,
} from './status.ts';
