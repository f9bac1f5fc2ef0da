export {
  API_KEY_PREFIX,
  apiKeyState,
  authenticateApiKey,
  createApiKey,
  type ListedApiKey,
  listApiKeys,
  noteApiKeyUse,
  revokeApiKey,
  scopesOf,
} from './api-key.ts';
export { holdsScope, scopeFor } from './scopes.ts';
