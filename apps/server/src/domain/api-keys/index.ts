export {
  API_KEY_PREFIX,
  type ApiKeyRow,
  apiKeyState,
  authenticateApiKey,
  createApiKey,
  listApiKeys,
  noteApiKeyUse,
  revokeApiKey,
  scopesOf,
} from './api-key.ts';
export { holdsScope, scopeFor } from './scopes.ts';
