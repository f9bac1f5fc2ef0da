import type { ColumnTypes } from '../../dialect/column-types.ts';

export function accounts({ key, text, integer }: ColumnTypes): string[] {
  return [
    `create table accounts (
      id ${key} primary key,
      name ${text} not null,
      plan ${key} not null check (plan in ('essentials', 'enterprise')),
      plan_source ${key} not null check (plan_source in ('none', 'trial', 'activation_code')),
      plan_until ${integer},
      trial_started_at ${integer},
      created_at ${integer} not null
    )`,
    `create table licenses (
      account_id ${key} primary key references accounts (id) on delete cascade,
      quantity ${integer} not null check (quantity >= 0),
      unique (account_id, quantity)
    )`,
    // A seat is a row to claim. `purchased` repeats the licensed quantity under a foreign key, so that the check below
    // is the database's own promise: a seat beyond what was bought cannot exist. Rows appear in blocks, on demand.
    `create table seats (
      account_id ${key} not null,
      number ${integer} not null,
      purchased ${integer} not null,
      holder_kind ${key} check (holder_kind in ('user', 'invitation')),
      holder_id ${key},
      claimed_at ${integer},
      primary key (account_id, number),
      foreign key (account_id, purchased) references licenses (account_id, quantity) on update cascade on delete cascade,
      check (number >= 1 and number <= purchased),
      check ((holder_kind is null) = (holder_id is null))
    )`,
    'create unique index seats_holder on seats (account_id, holder_kind, holder_id) where holder_id is not null',
    'create index seats_free on seats (account_id, number) where holder_id is null',
    `create table activation_codes (
      digest ${key} primary key,
      id ${key} not null unique,
      last_four ${text} not null,
      plan ${key} not null check (plan in ('essentials', 'enterprise')),
      seats ${integer} not null check (seats > 0),
      plan_days ${integer},
      created_at ${integer} not null,
      expires_at ${integer} not null,
      used_at ${integer},
      account_id ${key}
    )`,
  ];
}
