-- Clinics, people, keys, the vault, connections and the audit chain.

create table clinics (
  id text primary key,
  name text not null unique check (name ~ '^[a-z][a-z0-9-]{0,39}$'),
  display_name text not null,
  timezone text not null,
  settings jsonb not null default '{}',
  created_at timestamptz not null,
  shredded_at timestamptz
);

create table users (
  id text primary key,
  clinic text not null references clinics (id),
  email text not null unique check (email = lower(email)),
  display_name text not null,
  password_hash text not null,
  roles text[] not null check (roles <@ array['frontDesk', 'biller', 'therapist', 'admin']),
  created_at timestamptz not null,
  disabled_at timestamptz
);

create table sessions (
  token_hash text primary key,
  user_id text not null references users (id),
  clinic text not null references clinics (id),
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index sessions_user on sessions (user_id);

create table sign_in_failures (
  subject_hash text primary key,
  failures integer not null,
  first_at timestamptz not null
);

create table api_keys (
  id text primary key,
  name text not null,
  clinic text references clinics (id),
  capabilities text[] not null check (capabilities <@ array['flows', 'worker', 'admin'] and cardinality(capabilities) > 0),
  secret_hash text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz
);

create table vault_keys (
  id text primary key,
  clinic text not null references clinics (id),
  master_key text not null,
  wrapped bytea,
  created_at timestamptz not null,
  retired_at timestamptz,
  destroyed_at timestamptz,
  check ((wrapped is null) = (destroyed_at is not null))
);
-- One data key seals new records; the others only open what is not yet sealed again.
create unique index vault_keys_current on vault_keys (clinic) where retired_at is null and destroyed_at is null;

create table vault_records (
  ref text primary key,
  clinic text not null references clinics (id),
  kind text not null,
  version integer not null,
  key_id text not null references vault_keys (id),
  sealed bytea not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index vault_records_key on vault_records (key_id);
create index vault_records_clinic on vault_records (clinic, kind);

create table vault_lookups (
  clinic text not null references clinics (id),
  kind text not null,
  field text not null,
  master_key text not null,
  digest bytea not null,
  ref text not null references vault_records (ref) on delete cascade,
  primary key (clinic, kind, field, digest, ref)
);
create index vault_lookups_ref on vault_lookups (ref);

create table connections (
  id text primary key,
  clinic text not null references clinics (id),
  name text not null,
  system text not null,
  mode text not null check (mode in ('live', 'shadow')),
  record text not null references vault_records (ref),
  agreement jsonb,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  tested_at timestamptz,
  test_outcome text,
  removed_at timestamptz
);
create unique index connections_name on connections (clinic, name) where removed_at is null;

-- timestamptz(3) and text details: what is hashed is exactly what is stored.
create table audit_entries (
  clinic text not null,
  seq bigint not null,
  at timestamptz(3) not null,
  actor text not null,
  action text not null,
  subject text,
  purpose text,
  flow text,
  rule text,
  template text,
  details text not null,
  prev text not null,
  hash text not null,
  primary key (clinic, seq)
);
create index audit_entries_at on audit_entries (clinic, at);
create index audit_entries_subject on audit_entries (clinic, subject, seq);

create table audit_heads (
  clinic text primary key,
  seq bigint not null,
  hash text not null,
  master_key text not null,
  mac text not null
);

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit chain is append-only' using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_entries_append_only before update or delete on audit_entries
  for each row execute function audit_is_append_only();
create trigger audit_entries_no_truncate before truncate on audit_entries
  for each statement execute function audit_is_append_only();
create trigger audit_heads_stay before delete on audit_heads
  for each row execute function audit_is_append_only();
create trigger audit_heads_no_truncate before truncate on audit_heads
  for each statement execute function audit_is_append_only();
