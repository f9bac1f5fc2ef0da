export * from './account.ts';
export * from './api-key.ts';
export * from './common.ts';
export * from './directory.ts';
export * from './passphrase.ts';
export * from './problem.ts';
export { type Route, route } from './route.ts';
export * from './routes.ts';
export * from './session.ts';
