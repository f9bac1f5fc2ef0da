import { randomBytes } from 'node:crypto';
import Sqlite from 'better-sqlite3';

/** The stand-in's own SQLite file. */
export type Database = Sqlite.Database;

const schema = `
create table if not exists people (
  id text primary key, object_id text not null, login text not null collate nocase unique,
  status text not null, profile text not null, password text, created_at integer not null) strict;
create table if not exists groups (
  id text primary key, object_id text not null, name text not null collate nocase unique,
  description text not null, created_at integer not null) strict;
create table if not exists group_members (
  group_id text not null references groups on delete cascade,
  person_id text not null references people on delete cascade,
  primary key (group_id, person_id)) strict, without rowid;
create table if not exists app (
  id text primary key, label text not null, settings text not null) strict;
create table if not exists app_groups (
  group_id text primary key references groups on delete cascade) strict;
create table if not exists app_users (
  person_id text primary key references people on delete cascade,
  direct integer not null, assigned integer not null, profile text not null,
  scim_id text, state text not null, error text) strict;
create table if not exists group_pushes (
  group_id text primary key references groups on delete cascade,
  status text not null, scim_id text, member_ids text not null, kept_name text,
  error text, rule_id integer) strict;
create table if not exists push_rules (
  id integer primary key, name text not null, prefix text not null, active integer not null) strict;
create table if not exists imported_users (
  scim_id text primary key, user_name text not null, profile text not null, active integer not null,
  person_id text references people on delete set null, confirmed integer not null) strict;
create table if not exists imported_groups (
  scim_id text primary key, name text not null) strict;
create table if not exists facts (
  name text primary key, value text not null) strict;
create table if not exists jobs (
  id integer primary key, payload text not null, attempts integer not null, run_at integer not null) strict;
create table if not exists tasks (
  id integer primary key, payload text not null unique, title text not null, error text not null,
  created_at integer not null) strict;
create table if not exists exchanges (
  id integer primary key, at integer not null, purpose text not null, method text not null, url text not null,
  request_headers text not null, request_body text, status integer, response_headers text not null,
  response_body text, duration integer not null, notes text not null) strict;
`;

/** Opens the data file, making it and its tables where they are missing. */
export function openDatabase(file: string): { database: Database; isNew: boolean } {
  const database = new Sqlite(file);
  database.pragma('journal_mode = WAL');
  database.pragma('foreign_keys = ON');
  const isNew =
    database.prepare("select 1 from sqlite_schema where name = 'people'").get() === undefined;
  database.exec(schema);
  return { database, isNew };
}

const alphabet = '0123456789abcdefghijkmnopqrstuvwxyz';

/** An id of 20 characters that begins with its kind, as Okta's do. */
export function newId(kind: '00u' | '00g'): string {
  const rest = Array.from(randomBytes(17), (byte) => alphabet[byte % alphabet.length]).join('');
  return kind + rest;
}

/** Eight characters that stand where a password has to. */
export function placeholderPassword(): string {
  return Array.from(randomBytes(8), (byte) => alphabet[byte % alphabet.length]).join('');
}
