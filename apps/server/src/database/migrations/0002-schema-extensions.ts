import type { ColumnTypes } from '../dialect/column-types.ts';

/** The attributes that directories have beyond those of SCIM: all of one directory's in one document, read as a whole. */
export function schemaExtensions({ key, integer, document }: ColumnTypes): string[] {
  return [
    `create table directory_extensions (
      directory_id ${key} primary key,
      account_id ${key} not null,
      version ${integer} not null,
      document ${document} not null,
      watch ${key}
    )`,
  ];
}
