-- Coverage checks, drawn up in batches: references and structure; what was asked, what was answered and the summaries lie in the vault.

create table eligibility_batches (
  id text primary key,
  clinic text not null references clinics (id),
  -- The identity of the batch in business terms: a night is drawn up once.
  key text not null,
  kind text not null check (kind in ('overnight', 'new', 'asked', 'called')),
  -- Who is to be checked where that is not found by the calendar.
  patients text[],
  day date not null,
  until timestamptz not null,
  started_by text not null,
  created_at timestamptz not null,
  planned_at timestamptz,
  -- Temporal has taken it over.
  started_at timestamptz,
  finished_at timestamptz,
  unique (clinic, key)
);
create index eligibility_batches_to_start on eligibility_batches (created_at) where started_at is null;

create table eligibility_checks (
  ref text primary key,
  clinic text not null references clinics (id),
  batch text not null references eligibility_batches (id),
  chunk integer not null,
  patient text not null references patients (ref),
  coverage text not null,
  payer text not null,
  -- The day of the visit that is asked about.
  service_date date not null,
  service_types text[] not null,
  reasons text[] not null,
  -- Our number of the question on the wire; never given twice.
  trace bigint generated always as identity unique,
  state text not null check (state in ('open', 'pending', 'answered', 'rejected', 'failed', 'byPhone')),
  attempts integer not null default 0,
  -- Somebody asks right now; a crash frees it by time.
  asking_until timestamptz,
  connection text,
  vendor_request_id text,
  code text,
  answer text references vault_records (ref),
  asked_at timestamptz,
  settled_at timestamptz,
  delivered_at timestamptz,
  unique (batch, patient)
);
create index eligibility_checks_chunk on eligibility_checks (batch, chunk);
create index eligibility_checks_patient on eligibility_checks (clinic, patient, settled_at);

-- What a coverage pays for, one row per coverage a payer told of.
create table eligibility_summaries (
  ref text primary key references vault_records (ref),
  clinic text not null references clinics (id),
  check_ref text not null references eligibility_checks (ref),
  position integer not null,
  -- What a flow may see: codes, counts, cents.
  structure jsonb not null,
  at timestamptz not null
);
create index eligibility_summaries_check on eligibility_summaries (check_ref);
