-- Authorizations as they are listed and projected: references and structure; what names a person lies in the vault.

create table patients (
  ref text primary key references vault_records (ref),
  clinic text not null references clinics (id),
  coverage text,
  payer text,
  coverage_changed_on date,
  chart text,
  updated_at timestamptz not null
);
create index patients_clinic on patients (clinic);

create table authorizations (
  ref text primary key references vault_records (ref),
  clinic text not null references clinics (id),
  connection text,
  patient text not null references patients (ref),
  coverage text not null,
  coverage_changed_on date,
  payer text not null,
  line_of_business text not null,
  discipline text not null,
  periods jsonb not null,
  required_by_payer boolean,
  held jsonb,
  assessment jsonb,
  act_by date,
  state text not null default 'none',
  tracked_at timestamptz,
  -- Something changed since a workflow was last told of it.
  to_track boolean not null default true,
  updated_at timestamptz not null
);
create index authorizations_to_track on authorizations (clinic, ref) where to_track;
create index authorizations_clinic on authorizations (clinic, act_by, ref);
create index authorizations_patient on authorizations (patient);

create table appointments (
  ref text primary key,
  clinic text not null references clinics (id),
  patient text not null references patients (ref),
  date date not null,
  starts_at timestamptz,
  status text not null check (status in ('booked', 'arrived', 'cancelled', 'missed')),
  units integer,
  discipline text not null,
  updated_at timestamptz not null
);
create index appointments_patient on appointments (patient, date);

-- What happened, told once: an event of the same id is the same event.
create table authorization_events (
  clinic text not null references clinics (id),
  id text not null,
  authorization_ref text not null references authorizations (ref),
  seq bigint generated always as identity,
  at timestamptz not null,
  event text not null,
  by_whom text not null,
  detail jsonb not null,
  refs text[] not null default '{}',
  primary key (clinic, id)
);
create index authorization_events_timeline on authorization_events (authorization_ref, at, seq);

-- What payers answered, by the vault reference of the whole answer.
create table authorization_answers (
  record text primary key references vault_records (ref),
  clinic text not null references clinics (id),
  authorization_ref text not null references authorizations (ref),
  period integer,
  status text not null,
  at timestamptz not null
);
create index authorization_answers_latest on authorization_answers (authorization_ref, at);

-- Where an imported row came from: keyed digests of its identity and of its content, so that a file read twice changes nothing.
create table imported_rows (
  clinic text not null references clinics (id),
  connection text not null,
  kind text not null,
  source bytea not null,
  ref text not null,
  content bytea not null,
  updated_at timestamptz not null,
  primary key (clinic, connection, kind, source)
);

create table imports (
  id text primary key,
  clinic text not null references clinics (id),
  connection text not null,
  kind text not null,
  -- SHA-256 of the file: the same report is never taken twice.
  sha256 text not null,
  counts jsonb not null,
  rejected jsonb not null,
  at timestamptz not null
);
create unique index imports_file on imports (clinic, connection, sha256);

create table morning_reports (
  id text primary key,
  clinic text not null references clinics (id),
  date date not null,
  report jsonb not null,
  made_by text not null,
  at timestamptz not null
);
create index morning_reports_date on morning_reports (clinic, date, at);
