export {
  createSsoConnection,
  listSsoConnections,
  markSsoConnectionTested,
  type NewSsoConnection,
  type SsoConnectionChange,
} from './connection.ts';
