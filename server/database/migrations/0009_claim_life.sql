-- Claims that a workflow follows: where each stands, what happened to it, and what its workflow is still to be told.

create table claim_lives (
  claim text primary key references claims (ref),
  clinic text not null references clinics (id),
  -- As the workflow has it (docs/claim-states.md).
  state text not null,
  since timestamptz not null,
  -- The submission in hand; null before the first.
  frequency text,
  attempt integer,
  -- When the present wait is over; null: nothing is waited for.
  due_by timestamptz,
  -- The denial nobody has answered yet, or the one that an appeal or a correction answers:
  -- {class, whatToDo, group, reason, remarks, cents, decideBy, posting}.
  denial jsonb,
  -- Why the claim is held, as a code; null: it is not.
  hold text,
  -- Temporal was away, or the claim changed since: its workflow is to be started or told.
  -- How often its workflow was to look again, and up to which of them it was told.
  changes integer not null default 1,
  changes_told integer not null default 0,
  tracked_by text not null,
  tracked_at timestamptz not null,
  updated_at timestamptz not null
);
create index claim_lives_clinic on claim_lives (clinic, state, since);
create index claim_lives_to_tell on claim_lives (updated_at) where changes_told < changes;

create table claim_events (
  id text primary key,
  claim text not null references claims (ref),
  clinic text not null references clinics (id),
  seq bigint generated always as identity unique,
  type text not null,
  at timestamptz not null,
  -- A user's reference, or `workflow`.
  by_whom text not null,
  work_item text,
  frequency text,
  attempt integer,
  -- A code or a date.
  detail text
);
create index claim_events_claim on claim_events (claim, seq);

-- What was heard of claims and is to be told to their workflows: written with the fact, told afterwards, never lost and counted once.
create table claim_tellings (
  -- The same however often it is heard.
  id text primary key,
  clinic text not null references clinics (id),
  claim text not null references claims (ref),
  seq bigint generated always as identity unique,
  -- References, codes and cents only.
  body jsonb not null,
  at timestamptz not null,
  -- `told`; `untracked`: nobody has this claim followed; null: still to be told.
  outcome text check (outcome in ('told', 'untracked')),
  told_at timestamptz,
  -- Not tried before this instant again: what cannot be told now must not keep others from it.
  try_at timestamptz not null,
  tries integer not null default 0,
  check ((outcome is null) = (told_at is null))
);
create index claim_tellings_waiting on claim_tellings (seq) where told_at is null;
create index claim_tellings_claim on claim_tellings (claim) where outcome = 'untracked';

-- The payer told its own number of the claim: a replacement and a void name it.
alter table claim_statuses add column payer_number_known boolean not null default false;
