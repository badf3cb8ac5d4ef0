-- The way of each signed version to the system that keeps the charts. The words lie sealed in the version itself; here is its course.

create table note_filings (
  note text not null,
  version integer not null,
  clinic text not null references clinics (id),
  patient text not null references patients (ref),
  state text not null default 'waiting' check (state in
    ('waiting', 'uncertain', 'byHand', 'filed', 'shadow', 'notNeeded')),
  signed_at timestamptz not null,
  not_before timestamptz,
  -- The rule or code that stands in the way.
  reason text,
  -- Where it went, what it is known by there, and who said so where a person did.
  connection text references connections (id),
  way text check (way in ('message', 'file', 'person')),
  receipt text,
  work_item text references work_items (id),
  filed_at timestamptz,
  filed_by text references users (id),
  -- Counts what is new about it, and how much of that its workflow was told.
  changes integer not null default 1,
  changes_told integer not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (note, version),
  foreign key (note, version) references note_versions (note, version),
  check ((state = 'filed') = (filed_at is not null))
);
create index note_filings_untold on note_filings (updated_at) where changes_told < changes;
create index note_filings_clinic on note_filings (clinic, state);
