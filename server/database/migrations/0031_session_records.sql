-- Session records: what was done in a visit, sealed in the vault under the same reference; here who began it and how far it is.

create table session_records (
  ref text primary key references vault_records (ref),
  clinic text not null references clinics (id),
  patient text not null references patients (ref),
  -- One record for one visit.
  appointment text not null unique references appointments (ref),
  date date not null,
  revision integer not null check (revision > 0),
  state text not null default 'open' check (state in ('open', 'closed')),
  clinician text not null references users (id),
  begun_at timestamptz not null,
  updated_at timestamptz not null,
  closed_at timestamptz,
  closed_by text references users (id)
);
create index session_records_patient on session_records (patient, date);
create index session_records_clinic on session_records (clinic, date);

-- Every save by the id the tablet gave it: told once more, it is the same save.
create table session_saves (
  id uuid primary key,
  session text not null references session_records (ref),
  revision integer not null,
  by_user text not null references users (id),
  at timestamptz not null,
  unique (session, revision)
);
