-- Forms before a first visit: asked for once per patient and visit, answered once, read by a person.
create table intake_forms (
  -- The form as it was asked with, its link and the answers lie in the vault under the same reference.
  ref text primary key references vault_records (ref),
  clinic text not null references clinics (id),
  patient text not null references patients (ref),
  -- The visit it prepares; null: asked for with the welcome, before one was known.
  appointment text references appointments (ref),
  -- Which form, for figures; the form itself lies sealed beside its answers.
  form text not null,
  digest bytea not null unique,
  expires_at timestamptz not null,
  state text not null default 'asked' check (state in ('asked', 'answered', 'reviewed')),
  asked_at timestamptz not null,
  answered_at timestamptz,
  flags integer,
  work_item text references work_items (id)
);
create index intake_forms_patient on intake_forms (clinic, patient, asked_at);

-- When a vendor that does not tell by itself was last asked how far a message has come.
alter table message_sendings add column asked_at timestamptz;
