-- Series of visits: what a plan of care asks for, what was proposed, what staff accepted; and time that is held once.

create extension if not exists btree_gist;

-- Days as text: read as they are written, whatever zone the reader is in.
alter table therapists
  alter column days_off drop default,
  alter column days_off type text[] using days_off::text[],
  alter column days_off set default array[]::text[];

-- How often and how long a plan of care wants visits; the plan itself lies in the vault with the chart, read anew in each of its versions.
create table care_plans (
  patient text primary key references patients (ref),
  clinic text not null references clinics (id),
  chart text not null references vault_records (ref),
  chart_version integer not null,
  -- Null: the chart holds no plan of care.
  starts_on date,
  -- Null: the plan names neither a last day nor a number of weeks.
  ends_on date,
  visits_per_week integer,
  -- The system's name of who treats the patient, as it is compared.
  therapist_key text,
  read_at timestamptz not null
);
create index care_plans_ends on care_plans (clinic, ends_on);

create table series (
  ref text primary key,
  clinic text not null references clinics (id),
  patient text not null references patients (ref),
  state text not null check (state in ('proposed', 'accepted', 'rejected')),
  -- What was asked for and by which rule it was sought: structure only.
  plan jsonb not null,
  rule text not null,
  points integer not null,
  bound double precision not null,
  gap double precision not null,
  unplaced jsonb not null,
  work_item text,
  booking_item text,
  revision integer not null default 1,
  by_actor text not null,
  at timestamptz not null,
  updated_at timestamptz not null
);
-- One open proposal for a patient: asked again, it is the one that is there.
create unique index series_open on series (clinic, patient) where state = 'proposed';

create table series_visits (
  ref text primary key,
  clinic text not null references clinics (id),
  series text not null references series (ref),
  patient text not null references patients (ref),
  therapist text not null references therapists (ref),
  room text references rooms (ref),
  starts_at timestamptz not null,
  minutes integer not null check (minutes > 0),
  -- held: accepted, and not yet in the PT system's schedule; booked: an import has shown it there.
  state text not null default 'proposed' check (state in ('proposed', 'removed', 'held', 'booked', 'released')),
  notes jsonb not null,
  moved_by text,
  appointment text references appointments (ref),
  updated_at timestamptz not null
);
create index series_visits_of on series_visits (series);
create index series_visits_ahead on series_visits (clinic, starts_at) where state in ('proposed', 'held');

-- Time that accepted visits hold until the schedule shows them: nobody and no room twice, whoever accepts at the same moment.
create table schedule_holds (
  visit text primary key references series_visits (ref),
  clinic text not null references clinics (id),
  therapist text not null,
  room text,
  patient text not null,
  during tstzrange not null,
  constraint held_therapist exclude using gist (therapist with =, during with &&),
  constraint held_room exclude using gist (room with =, during with &&),
  constraint held_patient exclude using gist (patient with =, during with &&)
);
