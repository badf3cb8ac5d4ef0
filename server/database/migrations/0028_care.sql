-- Care between visits: home programs and how each agreed day was answered, what a therapist decided about a plan's end, video links.

create table exercise_programs (
  -- The title, the exercises and their links lie in the vault under the same reference.
  ref text primary key references vault_records (ref),
  clinic text not null references clinics (id),
  patient text not null references patients (ref),
  starts_on date not null,
  -- Null: until somebody ends it.
  ends_on date,
  -- 0 for Monday to 6 for Sunday.
  weekdays integer[] not null,
  by_actor text not null,
  at timestamptz not null
);
create index exercise_programs_patient on exercise_programs (clinic, patient);

-- One answer for one agreed day, by the key; a day without a row was not answered.
create table exercise_answers (
  program text not null references exercise_programs (ref),
  day date not null,
  clinic text not null references clinics (id),
  done text not null check (done in ('done', 'partly', 'not')),
  felt integer check (felt between 0 and 10),
  -- The patient's own words, sealed; null: none.
  words text references vault_records (ref),
  at timestamptz not null,
  primary key (program, day)
);

-- What a therapist decided about the end of a plan of care, by the day it ends: another day is another question.
create table plan_decisions (
  clinic text not null references clinics (id),
  patient text not null references patients (ref),
  ends_on date not null,
  decision text not null check (decision in ('ends', 'fewer', 'goesOn')),
  -- The weeks that were suggested and taken; null where they stay as they are.
  weeks jsonb,
  work_item text not null references work_items (id),
  at timestamptz not null,
  primary key (patient, ends_on)
);

-- Where a video visit takes place, where it is not the clinic's own room.
create table visit_links (
  appointment text primary key references appointments (ref),
  clinic text not null references clinics (id),
  record text not null references vault_records (ref),
  by_actor text not null,
  at timestamptz not null
);

