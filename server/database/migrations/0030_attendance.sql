-- What staff know of a patient's word on messages, in which hours a patient wants them, and what a clinic's own history says of missed visits.

-- Where somebody said how they know: the vault holds the words. Null: the word came by reply, link or vendor.
alter table message_consents add column evidence text references vault_records (ref);

-- {"from": "09:00", "to": "18:00"} by the patient's clock; null: any hour that the rules allow.
alter table contact_preferences add column hours jsonb;

-- The newest model of each kind, trained on the clinic's own history alone; coefficients and counts, nothing of a patient.
create table attendance_models (
  clinic text not null references clinics (id),
  kind text not null check (kind in ('noShow', 'dropOut')),
  -- By the clinic's calendar.
  trained_on date not null,
  trained_at timestamptz not null,
  -- The first and the last visit of the history; null: it has none.
  history_from date,
  history_to date,
  model jsonb not null,
  primary key (clinic, kind)
);

-- When a clinic's missed visits are next looked over by themselves.
create table attendance_turns (
  clinic text primary key references clinics (id),
  due_at timestamptz not null
);

create index work_items_call on work_items (clinic, (context ->> 'message')) where kind = 'patient.call';
