-- When a clinic's visits are compared by themselves, and what each comparison found, whoever asked for it.

create table reconciliation_turns (
  clinic text primary key references clinics (id),
  -- The clock of the clinic it is due by, as it was set when `due_at` was reckoned.
  clock text not null,
  due_at timestamptz not null,
  -- Somebody compares until then; a crash frees it by time.
  running_until timestamptz
);

create table reconciliation_runs (
  id text primary key,
  clinic text not null references clinics (id),
  started_by text not null,
  started_at timestamptz not null,
  finished_at timestamptz not null,
  -- Counts and as-of times; null: it failed.
  figures jsonb,
  failure text,
  check ((figures is null) = (failure is not null))
);
create index reconciliation_runs_clinic on reconciliation_runs (clinic, finished_at);
