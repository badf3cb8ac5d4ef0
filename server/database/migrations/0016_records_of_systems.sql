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
  told_at timestamptz
);
create index record_changes_untold on record_changes (clinic, connection, kind, seq) where told_at is null;
