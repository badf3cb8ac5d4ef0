-- Claims by reference and structure, what payers said of them, and the files and reports that clearinghouses left.

create table received_documents (
  clinic text not null references clinics (id),
  connection text not null references connections (id),
  -- Where it lay: a mailbox, an inbox, the folder of claim files; within it the vendor's own name of it, or its SHA-256.
  source text not null,
  name text not null,
  -- What it holds, in X12's words: 277CA, 835, 837 …
  kinds text[] not null,
  -- The whole of it; null while it was only told of.
  record text references vault_records (ref),
  structure jsonb not null default '{}',
  told_at timestamptz not null,
  kept_at timestamptz,
  -- It need not be handed out again: whoever holds it knows that it is kept.
  confirmed_at timestamptz,
  try_at timestamptz,
  tries integer not null default 0,
  primary key (clinic, connection, source, name),
  check ((record is null) = (kept_at is null))
);
create index received_documents_to_fetch on received_documents (try_at) where try_at is not null;

create table claims (
  ref text primary key references vault_records (ref),
  clinic text not null references clinics (id),
  payer text not null,
  service_from date,
  service_to date,
  charge_cents bigint,
  lines integer not null,
  frequency text not null,
  -- Of its record: an approval is of one version.
  version integer not null,
  -- Who sends it to whom, as its file said; PHI may stand in it.
  heading text not null references vault_records (ref),
  imported_at timestamptz not null,
  changed_at timestamptz not null
);
create index claims_clinic on claims (clinic, imported_at);

-- What a payer or a clearinghouse said of a claim.
create table claim_statuses (
  clinic text not null references clinics (id),
  claim text not null references claims (ref),
  record text not null references vault_records (ref),
  operation text not null,
  -- Sent back before anybody decided on it: it may be sent anew.
  sent_back boolean not null,
  structure jsonb not null,
  at timestamptz not null,
  primary key (claim, record)
);
create index claim_statuses_claim on claim_statuses (claim, at);

-- A question about a claim's status: asked under one trace until it is answered.
create table claim_inquiries (
  -- Our number of the question on the wire; never given twice.
  trace bigint generated always as identity primary key,
  clinic text not null references clinics (id),
  claim text not null references claims (ref),
  connection text not null references connections (id),
  state text not null check (state in ('open', 'pending', 'over')),
  vendor_request_id text,
  asked_at timestamptz not null,
  -- Somebody asks right now; a crash frees it by time.
  asking_until timestamptz
);
create unique index claim_inquiries_one on claim_inquiries (claim, connection) where state <> 'over';

-- What an effect sends word for word, where it was written beforehand.
alter table effects add column wire text references vault_records (ref);
