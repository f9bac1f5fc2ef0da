export {
  expirationOf,
  listTokens,
  type MintedToken,
  mintToken,
  type NewConnectorToken,
  tokenState,
} from './connector-token.ts';
export {
  connectorUrl,
  createDirectory,
  type DirectoryChange,
  type DirectoryRow,
  type DirectorySettings,
  defaultPolicies,
  listDirectories,
  type NewDirectory,
  parsePolicies,
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
export { readLapse, readRequirements, requireAll } from './requirements.ts';
