export { DirectorySchemas } from './directory-schemas.ts';
export { type ReplaceExtensions, replaceExtensions } from './replace-extensions.ts';
export { builtInTypes, type DirectoryTypes } from './resource-types.ts';
export { readExtensions } from './stored-extensions.ts';
export { claimUniqueValues, giveBackUniqueValues } from './unique-values.ts';
export { ExtensionsChanged, endWatch, holdExtensions, touchesExtensions } from './watch.ts';
