-- Outside effects under permits, and the calls by which workflows ask a clinic's flows.

create table effects (
  clinic text not null references clinics (id),
  key text not null,
  operation text not null,
  connection text not null,
  subject text not null,
  request_of text not null,
  work_item text,
  approval text,
  -- The request as it is sent: an inquiry after months must ask for the same thing.
  request text not null,
  state text not null check (state in ('granted', 'sending', 'done', 'notSent', 'uncertain', 'held')),
  attempt integer not null,
  sent_at timestamptz,
  lease_until timestamptz,
  inquire_at timestamptz,
  inquire_after_seconds integer not null,
  inquiring_until timestamptz,
  person_asked boolean not null default false,
  outcome jsonb,
  code text,
  reasons jsonb not null default '[]',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (clinic, key),
  check (state <> 'done' or outcome is not null),
  check (state not in ('granted', 'sending') or lease_until is not null)
);
create index effects_open on effects (lease_until) where state in ('granted', 'sending');
create index effects_request on effects (clinic, request_of);

create table effect_shadows (
  clinic text not null references clinics (id),
  key text not null,
  operation text not null,
  connection text not null,
  subject text not null,
  approval text,
  first_at timestamptz not null,
  last_at timestamptz not null,
  times integer not null,
  primary key (clinic, key)
);

-- Since a restore from backup nobody knows what this clinic sent before it.
create table clinic_holds (
  clinic text primary key references clinics (id),
  since timestamptz not null
);

create table step_flows (
  listener text primary key,
  clinic text not null references clinics (id),
  step text not null,
  flow text not null,
  flow_name text not null,
  url text not null,
  test boolean not null,
  registered_at timestamptz not null,
  removed_at timestamptz
);
create unique index step_flows_live on step_flows (clinic, step) where not test and removed_at is null;
create unique index step_flows_test on step_flows (clinic, step, flow) where test and removed_at is null;

create table step_calls (
  clinic text not null references clinics (id),
  call text not null,
  step text not null,
  state text not null check (state in ('asked', 'claimed', 'answered', 'ended')),
  items jsonb not null,
  attempts jsonb not null,
  answers jsonb,
  activity jsonb not null,
  -- What Temporal must still be told; null once it knows.
  completion jsonb,
  completion_tried_at timestamptz,
  test boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (clinic, call),
  check ((state = 'answered') = (answers is not null))
);
create index step_calls_completion on step_calls (updated_at) where completion is not null;
create index step_calls_live on step_calls (updated_at) where state in ('asked', 'claimed');

-- A paused connection sends nothing; it keeps reading.
create table connection_pauses (
  connection text primary key references connections (id),
  clinic text not null references clinics (id),
  by_user text not null,
  since timestamptz not null
);
