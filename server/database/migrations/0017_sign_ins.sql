-- What a person's sign-in at a vendor left: its tokens lie in the vault, beside them only what a person may be told.
create table connection_grants (
  connection text primary key references connections (id),
  clinic text not null references clinics (id),
  -- Null: nobody signed in yet; the row is there to be locked.
  record text references vault_records (ref),
  -- Counts the changes of the tokens.
  version integer not null default 0,
  signed_in_at timestamptz,
  -- Until when the sign-in lasts unless it is used; null: the vendor does not say.
  lasts_until timestamptz,
  -- The vendor takes it no more: a person has to sign in again.
  lapsed_at timestamptz,
  -- When it is refreshed next without anybody asking.
  keep_at timestamptz not null,
  updated_at timestamptz not null
);
create index connection_grants_keep on connection_grants (keep_at) where record is not null and lapsed_at is null;

-- A sign-in that was begun: the way back is open for its person, once and for a short time.
create table connection_sign_ins (
  -- SHA-256 of the state that comes back with the browser; the code verifier is made of the state by a key of the keyring.
  state bytea primary key,
  connection text not null references connections (id),
  clinic text not null references clinics (id),
  person text not null references users (id),
  master_key text not null,
  until timestamptz not null
);
