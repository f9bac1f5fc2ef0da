import type { ColumnTypes } from '../dialect/column-types.ts';

/** The values of attributes that a directory has defined as unique: each once, whoever has it. */
export function uniqueValues({ key }: ColumnTypes): string[] {
  return [
    `create table directory_unique_values (
      directory_id ${key} not null,
      attribute ${key} not null,
      value ${key} not null,
      resource_id ${key} not null,
      primary key (directory_id, attribute, value)
    )`,
    `create index directory_unique_values_resource
      on directory_unique_values (directory_id, resource_id)`,
  ];
}
