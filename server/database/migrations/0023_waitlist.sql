-- The waitlist: who waits for a visit, slots that have become free, their offers and the one hold. References and structure only.

create table waitlist_entries (
  ref text primary key,
  clinic text not null references clinics (id),
  patient text not null references patients (ref),
  -- What the patient needs and when they can come, as the front desk asked; no name, nothing clinical.
  wishes jsonb not null,
  priority text not null check (priority in ('urgent', 'soon', 'routine')),
  -- The booked visit that would be moved to a slot; null: the slot would be one more visit.
  replaces text references appointments (ref),
  state text not null default 'waiting' check (state in ('waiting', 'paused', 'booked', 'removed')),
  waiting_since timestamptz not null,
  by_actor text not null,
  updated_at timestamptz not null
);
create index waitlist_entries_open on waitlist_entries (clinic) where state in ('waiting', 'paused');

create table freed_slots (
  ref text primary key,
  clinic text not null references clinics (id),
  -- The visit that was given up; a slot is opened once for it.
  appointment text references appointments (ref),
  facts jsonb not null,
  -- Everybody who waited when it was opened, each with the reasons: it is kept as it was.
  ranking jsonb not null,
  state jsonb not null,
  phase text not null,
  -- When the next offer ends or begins.
  wakes_at timestamptz,
  changes integer not null default 1,
  changes_told integer not null default 0,
  opened_by text not null,
  opened_at timestamptz not null,
  updated_at timestamptz not null,
  unique (clinic, appointment)
);
create index freed_slots_untold on freed_slots (updated_at) where changes_told < changes;

create table slot_offers (
  ref text primary key,
  clinic text not null references clinics (id),
  slot text not null references freed_slots (ref),
  -- The machine's own number of it: 1, 2 … in the order of asking.
  number text not null,
  entry text not null references waitlist_entries (ref),
  patient text not null,
  -- Null: it could not be written.
  message text references messages (ref),
  at timestamptz not null,
  -- Nobody is asked twice about one slot.
  unique (slot, entry),
  unique (slot, number)
);
create index slot_offers_entry on slot_offers (entry, at);

-- Who has a slot: one at most, by the key.
create table slot_holds (
  slot text primary key references freed_slots (ref),
  clinic text not null references clinics (id),
  offer text not null references slot_offers (ref),
  patient text not null,
  work_item text,
  at timestamptz not null
);
