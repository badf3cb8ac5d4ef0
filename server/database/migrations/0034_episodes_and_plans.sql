-- Episodes of care, plans of care with their certifications, a clinic's own protocols, audited drafts and proposed charges.
-- Here is structure; words, findings and scores lie sealed in the vault under the same references.

create table episodes (
  ref text primary key references vault_records (ref),
  clinic text not null references clinics (id),
  patient text not null references patients (ref),
  revision integer not null check (revision > 0),
  -- Null: nobody has said when care began.
  began_on date,
  ended_on date,
  by_user text not null references users (id),
  updated_at timestamptz not null,
  check (began_on is null or ended_on is null or began_on <= ended_on)
);
-- One that goes on for each patient.
create unique index episodes_open on episodes (patient) where ended_on is null;
create index episodes_clinic on episodes (clinic, patient);
