-- Who treats, where and how long: therapists and rooms as the imports tell them and staff complete them. Names of staff are no PHI.

create table therapists (
  ref text primary key,
  clinic text not null references clinics (id),
  -- Null: the system told a number only, until somebody writes the name.
  name text,
  -- The name as it is compared: lower case, sorted words, without credentials.
  name_key text,
  disciplines text[] not null default array['PT'],
  skills text[] not null default array[]::text[],
  locations text[] not null default array[]::text[],
  -- Weekly windows by the clinic's clock; null: nobody has said.
  hours jsonb,
  days_off date[] not null default array[]::date[],
  active boolean not null default true,
  revision integer not null default 1,
  updated_at timestamptz not null
);
create index therapists_named on therapists (clinic, name_key);

create table rooms (
  ref text primary key,
  clinic text not null references clinics (id),
  name text not null,
  location text not null default '',
  equipment text[] not null default array[]::text[],
  active boolean not null default true,
  revision integer not null default 1,
  updated_at timestamptz not null
);
create unique index rooms_named on rooms (clinic, location, lower(name));

-- When a patient can come, asked once: waitlist and series read the same.
create table patient_times (
  patient text primary key references patients (ref),
  clinic text not null references clinics (id),
  times jsonb not null,
  by_actor text not null,
  updated_at timestamptz not null
);

alter table appointments
  add column therapist text references therapists (ref),
  add column room text references rooms (ref),
  add column location text,
  add column minutes integer check (minutes > 0),
  add column kind text check (kind in ('evaluation', 'visit', 'telehealth'));
create index appointments_therapist on appointments (clinic, therapist, starts_at) where status = 'booked';
