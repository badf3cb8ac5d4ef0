-- How far an import has come: shown while it works, and where the next server goes on when this one was killed.

create table import_runs (
  id text primary key,
  clinic text not null references clinics (id),
  connection text not null,
  state text not null check (state in ('asked', 'running', 'done', 'failed')),
  started_by text not null,
  asked_at timestamptz not null,
  -- When it last got on.
  heard_at timestamptz not null,
  finished_at timestamptz,
  -- How often it was taken up again after a server had died.
  resumed integer not null default 0,
  phase text check (phase in ('reading', 'storing')),
  -- The kind of records that is being stored.
  kind text,
  -- Of the files that lie there; null: nothing was read yet, or the system hands over no files.
  bytes_done bigint,
  bytes_total bigint,
  -- Of pieces that are stored whole; with what is stored of the present one; and all that was read so far.
  rows_finished integer not null default 0,
  rows_done integer not null default 0,
  rows_total integer not null default 0,
  added integer not null default 0,
  changed integer not null default 0,
  same integer not null default 0,
  unmatched integer not null default 0,
  refused integer not null default 0,
  failure text
);
create index import_runs_clinic on import_runs (clinic, asked_at);
-- One at a time over a connection.
create unique index import_runs_one on import_runs (connection) where state in ('asked', 'running');

-- How much of a piece is stored, written with every batch of it; gone once the piece is stored whole.
create table import_pieces (
  clinic text not null references clinics (id),
  connection text not null,
  -- SHA-256 of the piece, hex.
  piece text not null,
  kind text not null,
  batches integer not null,
  -- Keyed digest of what those batches said: a piece that reads differently now begins anew.
  said bytea not null,
  master_key text not null,
  counts jsonb not null,
  at timestamptz not null,
  primary key (clinic, connection, piece, kind)
);

-- Something was pushed: it is read by itself at that time, without asking the system for everything else.
alter table import_watches add column pushed_at timestamptz;
