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

-- Who looks over drafts of documents in a clinic's first months.
alter table users drop constraint users_roles_check;
alter table users add constraint users_roles_check
  check (roles <@ array['frontDesk', 'biller', 'therapist', 'clinicalSpecialist', 'admin']);
alter table work_items drop constraint work_items_role_check;
alter table work_items add constraint work_items_role_check
  check (role in ('frontDesk', 'biller', 'therapist', 'clinicalSpecialist', 'admin'));
alter table work_items drop constraint work_items_waits_for_check;
alter table work_items add constraint work_items_waits_for_check
  check (waits_for in ('frontDesk', 'biller', 'therapist', 'clinicalSpecialist', 'admin'));

-- Plans of care written here: drafted, edited and approved by a named therapist. The approved one that began last is in force.
create table plans_of_care (
  ref text primary key references vault_records (ref),
  clinic text not null references clinics (id),
  patient text not null references patients (ref),
  -- Null: drafted from the chart alone.
  session text references session_records (ref),
  state text not null check (state in ('draft', 'approved', 'replaced', 'discarded')),
  revision integer not null check (revision > 0),
  recertification boolean not null,
  -- Null: the library has none for these diagnoses.
  protocol text,
  protocol_version integer,
  starts_on date not null,
  ends_on date not null,
  visits_per_week integer,
  visits integer not null,
  goals integer not null,
  -- What a person must find out before the plan can be relied on.
  unknown integer not null,
  drafted_at timestamptz not null,
  drafted_by text not null,
  updated_at timestamptz not null,
  approved_at timestamptz,
  approved_by text references users (id),
  -- Of what was shown and approved.
  hash text,
  check ((state in ('approved', 'replaced')) = (approved_by is not null)),
  check (starts_on <= ends_on)
);
-- One at a time is being drafted for a patient.
create unique index plans_of_care_draft on plans_of_care (patient) where state = 'draft';
create index plans_of_care_patient on plans_of_care (clinic, patient, state);

-- How the plan that began on a day is certified, as a person recorded it; null: not, or nobody has said.
create table plan_certifications (
  clinic text not null references clinics (id),
  patient text not null references patients (ref),
  starts_on date not null,
  certified_on date,
  order_on_file boolean,
  transmitted_on date,
  by_user text not null references users (id),
  at timestamptz not null,
  primary key (patient, starts_on)
);

-- What is known of plans may now come from here as well as from a chart.
alter table care_plans alter column chart drop not null;
alter table care_plans alter column chart_version drop not null;
alter table care_plans add column plan text references plans_of_care (ref);

-- Protocols as a clinic changed them: every version is kept, and which shipped one it was made of.
create table clinic_protocols (
  clinic text not null references clinics (id),
  condition text not null,
  version integer not null check (version > 1),
  protocol jsonb not null,
  -- Id and version of what it was made of.
  made_of text not null,
  by_user text not null references users (id),
  at timestamptz not null,
  primary key (clinic, condition, version)
);

-- When what is due is next looked over by itself.
create table documentation_turns (
  clinic text primary key references clinics (id),
  due_at timestamptz not null
);

-- Signed drafts that were sampled, and what the specialist found: marks, never words.
create table note_audits (
  note text primary key,
  clinic text not null references clinics (id),
  work_item text not null references work_items (id),
  asked_at timestamptz not null,
  -- 1 to 5; null: not looked at yet.
  accuracy smallint check (accuracy between 1 and 5),
  completeness smallint check (completeness between 1 and 5),
  language smallint check (language between 1 and 5),
  by_user text references users (id),
  scored_at timestamptz
);
create index note_audits_clinic on note_audits (clinic, asked_at);

-- What a closed session would be charged as: shown to a biller, on no claim before a named person took it over.
create table charge_proposals (
  session text primary key references session_records (ref),
  clinic text not null references clinics (id),
  patient text not null references patients (ref),
  date date not null,
  -- Of the session it was worked out from.
  revision integer not null,
  state text not null check (state in ('proposed', 'accepted', 'declined')),
  -- Codes, minutes, units and modifiers; what could not be counted stands as such.
  proposal jsonb not null,
  made_at timestamptz not null,
  decided_by text references users (id),
  decided_at timestamptz,
  reason text,
  check ((state = 'proposed') = (decided_by is null))
);
create index charge_proposals_clinic on charge_proposals (clinic, state, date);
