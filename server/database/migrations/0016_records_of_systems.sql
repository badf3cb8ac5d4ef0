-- Patients and visits as several systems tell them: which connection brought one, what each system says of it, what changed.

alter table patients add column connection text;
alter table appointments add column connection text;
update patients p set connection = r.connection
  from imported_rows r where r.ref = p.ref and r.clinic = p.clinic and r.kind = 'patient';
update appointments a set connection = r.connection
  from imported_rows r where r.ref = a.ref and r.clinic = a.clinic and r.kind = 'appointment';

-- How far the reading of a connection has come; the place is the system's own word for it, without patient data.
create table import_places (
  clinic text not null references clinics (id),
  connection text not null,
  -- Which kinds of records it was asked for: each set of kinds is read on by itself.
  kinds text not null,
  place text,
  at timestamptz not null,
  primary key (clinic, connection, kinds)
);

-- What one system says of a patient, sealed in the vault, beside what holds.
create table patient_records (
  ref text primary key references vault_records (ref),
  clinic text not null references clinics (id),
  connection text not null,
  patient text not null references patients (ref),
  as_of timestamptz not null,
  -- The system deleted it or merged it into another: a person looks at it, nothing is deleted here.
  gone text check (gone in ('deleted', 'merged')),
  updated_at timestamptz not null
);
create index patient_records_patient on patient_records (clinic, patient);

-- What imports added or changed, each to be told to the clinic's flows.
create table record_changes (
  seq bigint generated always as identity primary key,
  clinic text not null references clinics (id),
  connection text not null,
  kind text not null,
  ref text not null,
  change text not null check (change in ('added', 'changed')),
  at timestamptz not null,
  -- Told to whoever asked for what is new.
  told_at timestamptz,
  -- Which transaction wrote it: what one that is still running has written is told after it, never skipped.
  written_by xid8 not null default pg_current_xact_id()
);
create index record_changes_order on record_changes (clinic, written_by, seq);
create index record_changes_untold on record_changes (clinic, connection, kind, seq) where told_at is null;

-- One import of a connection at a time, whichever server runs it.
create table import_leases (
  connection text primary key,
  holder uuid not null,
  until timestamptz not null
);

-- When a connection is read next without anybody asking: it pushes, or a flow waits for what is new.
create table import_watches (
  connection text primary key,
  clinic text not null references clinics (id),
  due_at timestamptz not null,
  failures integer not null default 0
);

-- Flows that hear of new and changed records.
create table record_listeners (
  listener uuid primary key,
  clinic text not null references clinics (id),
  flow text not null,
  flow_name text not null,
  url text not null,
  kinds text[] not null,
  -- Null: of every system.
  connection text,
  told_by xid8 not null default pg_current_xact_id(),
  told_seq bigint not null default 0,
  -- The call under way, its last change, and when it may be tried again.
  call uuid,
  call_by xid8,
  call_seq bigint,
  failures integer not null default 0,
  try_at timestamptz not null,
  registered_at timestamptz not null,
  removed_at timestamptz
);
create unique index record_listeners_flow on record_listeners (clinic, flow) where removed_at is null;
