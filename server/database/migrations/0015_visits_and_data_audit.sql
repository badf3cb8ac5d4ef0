-- What systems tell of visits besides the schedule, which records are one person, and what a data audit found.

-- That a note exists, for this visit and signed or not; what it says stays in the system that holds it.
create table visit_notes (
  ref text primary key,
  clinic text not null references clinics (id),
  connection text not null,
  patient text not null references patients (ref),
  date date not null,
  kind text not null check (kind in ('evaluation', 'daily', 'progress', 'recertification', 'discharge', 'other')),
  signed_on date,
  updated_at timestamptz not null
);
create index visit_notes_patient on visit_notes (patient, date);
create index visit_notes_clinic on visit_notes (clinic, connection);

create table visit_charges (
  ref text primary key,
  clinic text not null references clinics (id),
  connection text not null,
  patient text not null references patients (ref),
  date date not null,
  code text not null,
  modifiers text[] not null,
  units double precision,
  -- Null where the system tells no amount.
  charge_cents bigint,
  updated_at timestamptz not null
);
create index visit_charges_patient on visit_charges (patient, date);
create index visit_charges_clinic on visit_charges (clinic, connection);

-- Scores are clinical: the measure and the score lie in the vault.
create table outcome_scores (
  record text primary key references vault_records (ref),
  clinic text not null references clinics (id),
  connection text not null,
  patient text not null references patients (ref),
  date date not null,
  updated_at timestamptz not null
);
create index outcome_scores_patient on outcome_scores (patient, date);

-- Which reference stands for which: two records of one person, put together by a named person. Nothing is deleted, and it can be undone.
create table patient_links (
  id text primary key,
  clinic text not null references clinics (id),
  patient text not null references patients (ref),
  stands_for text not null references patients (ref),
  work_item text references work_items (id),
  -- Where everything stood before, to be put back: references by table, never a value.
  moved jsonb not null,
  -- What stayed where it was, and why.
  stayed jsonb not null,
  by_user text not null references users (id),
  at timestamptz not null,
  undone_by text references users (id),
  undone_at timestamptz,
  check (patient <> stands_for),
  check ((undone_by is null) = (undone_at is null))
);
-- A record stands for one other at most, as long as it does.
create unique index patient_links_one on patient_links (clinic, patient) where undone_at is null;
create index patient_links_other on patient_links (clinic, stands_for) where undone_at is null;

-- Pairs of records that were laid before a person: what they decided stands until one of the records changes.
create table patient_pairs (
  clinic text not null references clinics (id),
  one text not null references patients (ref),
  other text not null references patients (ref),
  state text not null check (state in ('asked', 'apart', 'merged', 'gone')),
  -- Keyed digest of what both records said when they were laid before the person.
  said bytea not null,
  master_key text not null,
  work_item text references work_items (id),
  times integer not null,
  at timestamptz not null,
  primary key (clinic, one, other),
  check (one < other)
);

create table data_audits (
  id text primary key,
  clinic text not null references clinics (id),
  state text not null check (state in ('asked', 'running', 'done', 'failed')),
  started_by text not null,
  asked_at timestamptz not null,
  -- Somebody works on it until then; a crash frees it by time.
  running_until timestamptz,
  finished_at timestamptz,
  -- Records looked at so far, and all there are.
  done integer not null default 0,
  total integer,
  -- Counts, and completeness by system and field; no value of a record.
  figures jsonb,
  failure text
);
create index data_audits_clinic on data_audits (clinic, asked_at);
create index data_audits_waiting on data_audits (asked_at) where state in ('asked', 'running');
-- One at a time in a clinic.
create unique index data_audits_one on data_audits (clinic) where state in ('asked', 'running');

-- A finding stays as long as it is found: which audit found it first, which last, which no more.
create table data_findings (
  clinic text not null references clinics (id),
  key text not null,
  code text not null,
  severity text not null check (severity in ('error', 'warning', 'note')),
  system text not null,
  field text,
  -- The record it is about, and the other one where it is about two; null: the system as a whole.
  subject text,
  other text,
  work_item text references work_items (id),
  first_audit text not null references data_audits (id),
  last_audit text not null references data_audits (id),
  gone_audit text references data_audits (id),
  primary key (clinic, key)
);
create index data_findings_open on data_findings (clinic, code, system, field) where gone_audit is null;

-- The one item about what the books of a patient disagree in, as long as they do.
create table visit_disagreements (
  clinic text not null references clinics (id),
  patient text not null references patients (ref),
  -- Codes, days and counts.
  found jsonb not null,
  work_item text references work_items (id),
  times integer not null,
  at timestamptz not null,
  -- Since when they agree; null: they do not.
  agreed_at timestamptz,
  primary key (clinic, patient)
);
