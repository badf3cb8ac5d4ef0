-- Clinical documents: drafts, signatures, immutable versions. Words, findings and reasons lie sealed in the vault; here is structure.

-- What a person is licensed as, as an operator checked it. Nobody signs without.
create table clinician_credentials (
  user_id text primary key references users (id),
  clinic text not null references clinics (id),
  credential text not null check (credential in ('PT', 'PTA', 'student', 'physician', 'other')),
  license text,
  license_state text check (license_state ~ '^[A-Z]{2}$'),
  license_expires date,
  set_at timestamptz not null,
  check (credential not in ('PT', 'PTA', 'physician') or (license is not null and license_state is not null))
);

create table notes (
  ref text primary key references vault_records (ref),
  clinic text not null references clinics (id),
  patient text not null references patients (ref),
  session text not null references session_records (ref),
  -- The revision of the session that the draft was made of.
  session_revision integer not null,
  kind text not null check (kind in
    ('evaluation', 'daily', 'progress', 'plan-of-care', 'recertification', 'discharge', 'letter')),
  system text not null,
  date date not null,
  revision integer not null check (revision > 0),
  state text not null default 'draft' check (state in ('draft', 'awaitingCosign', 'signed', 'filed', 'discarded')),
  -- Null: nobody of the clinic's users is named as who treated.
  author text references users (id),
  written_by text not null check (written_by in ('composer', 'model')),
  -- What stands open, in counts.
  open_block integer not null,
  open_ask integer not null,
  open_gaps integer not null,
  open_missing integer not null,
  drafted_at timestamptz not null,
  updated_at timestamptz not null
);
-- One that counts for each session and kind: asking twice drafts once.
create unique index notes_once on notes (session, kind) where state <> 'discarded';
create index notes_clinic on notes (clinic, state, date);
create index notes_patient on notes (patient, date);

-- What was signed: version 1 is the document, each further one an addendum. Never changed.
create table note_versions (
  note text not null references notes (ref),
  version integer not null check (version > 0),
  clinic text not null references clinics (id),
  kind text not null check (kind in ('document', 'addendum')),
  record text not null unique references vault_records (ref),
  -- SHA-256 of what was shown and signed.
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  signed_by text not null references users (id),
  signed_at timestamptz not null,
  credential text not null,
  attestation text not null,
  -- Whether a second signature is needed, and by which rule or person's word.
  cosign_needed boolean not null,
  cosign_rule text,
  primary key (note, version),
  check ((version = 1) = (kind = 'document'))
);

create table note_cosignatures (
  note text not null,
  version integer not null,
  clinic text not null references clinics (id),
  by_user text not null references users (id),
  at timestamptz not null,
  credential text not null,
  attestation text not null,
  hash text not null,
  primary key (note, version),
  foreign key (note, version) references note_versions (note, version)
);

-- How far the signed text is from the draft, for each section.
create table note_edits (
  note text not null references notes (ref),
  section text not null,
  drafted_words integer not null,
  signed_words integer not null,
  changed_words integer not null,
  primary key (note, section)
);

-- Versions whose last signature is there: whoever files them is told once for each.
create table signed_notes (
  note text not null,
  version integer not null,
  clinic text not null references clinics (id),
  at timestamptz not null,
  told_at timestamptz,
  primary key (note, version),
  foreign key (note, version) references note_versions (note, version)
);
create index signed_notes_untold on signed_notes (at) where told_at is null;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'what was signed is never changed (%)', tg_table_name;
end $$;
create trigger note_versions_fixed before update or delete on note_versions
  for each row execute function refuse_change();
create trigger note_cosignatures_fixed before update or delete on note_cosignatures
  for each row execute function refuse_change();
create trigger note_edits_fixed before update or delete on note_edits
  for each row execute function refuse_change();
-- A change of keys seals the same version anew; new words would be another version.
create trigger note_version_records_fixed before update on vault_records
  for each row when (old.kind = 'noteVersion' and (old.version <> new.version or old.kind <> new.kind))
  execute function refuse_change();
create trigger note_version_records_kept before delete on vault_records
  for each row when (old.kind = 'noteVersion') execute function refuse_change();
