-- Messages to patients: how each likes to be reached, what they agreed to, what was written, sent, delivered and answered.

create table contact_preferences (
  patient text primary key references patients (ref),
  clinic text not null references clinics (id),
  -- The patient's own order; empty when nobody asked.
  channels text[] not null default '{}',
  -- Null: where they live says.
  zone text,
  language text,
  by_actor text not null,
  at timestamptz not null
);

-- Every word of a patient on what they want, kept for ever; the latest about each category and channel holds.
create table message_consents (
  seq bigint generated always as identity primary key,
  clinic text not null references clinics (id),
  patient text not null references patients (ref),
  state text not null check (state in ('granted', 'revoked')),
  -- Null: every one.
  categories text[],
  channels text[],
  source text not null,
  by_actor text not null,
  at timestamptz not null
);
create index message_consents_patient on message_consents (clinic, patient);

create table messages (
  -- The words and the addresses lie in the vault under the same reference.
  ref text primary key references vault_records (ref),
  clinic text not null references clinics (id),
  patient text not null references patients (ref),
  category text not null,
  purpose text not null,
  -- What it is about: a visit, an offer; null for nothing in particular.
  about text,
  -- When that begins: moved or cancelled, the message no longer holds.
  about_at timestamptz,
  -- One message for one occasion, whatever flow asks for it.
  key text not null,
  until timestamptz not null,
  call_if_unreached boolean not null,
  -- The ways in the patient's order, and how far each has come.
  ways jsonb not null,
  state text not null default 'open' check (state in ('open', 'over')),
  ending text,
  -- Which rule made it wait, be refused or end, and the dated row that says so.
  rule text,
  rule_row text,
  waits_until timestamptz,
  withdrawn_at timestamptz,
  answer text,
  answered_at timestamptz,
  changes integer not null default 1,
  changes_told integer not null default 0,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (clinic, key)
);
create index messages_patient on messages (clinic, patient, created_at);
create index messages_about on messages (clinic, about);
create index messages_untold on messages (updated_at) where changes_told < changes;

-- What left, over which connection, and the vendor's own name of it, by which its word about it is found.
create table message_sendings (
  message text not null references messages (ref),
  channel text not null,
  clinic text not null references clinics (id),
  connection text not null,
  patient text not null,
  category text not null,
  vendor_message text,
  at timestamptz not null,
  primary key (message, channel)
);
create index message_sendings_patient on message_sendings (clinic, patient, at);
create index message_sendings_vendor on message_sendings (clinic, connection, vendor_message);

-- A page a patient may open once: the token is in the message, its digest here.
create table message_links (
  digest bytea primary key,
  clinic text not null references clinics (id),
  message text not null references messages (ref),
  expires_at timestamptz not null,
  used_at timestamptz,
  used_for text
);
create index message_links_message on message_links (message);

-- What patients wrote back, by reference; the words lie in the vault.
create table message_replies (
  ref text primary key references vault_records (ref),
  clinic text not null references clinics (id),
  connection text not null,
  -- Null: nobody knows who wrote.
  patient text,
  message text references messages (ref),
  intent text not null,
  may_mean_stop boolean not null,
  work_item text,
  at timestamptz not null,
  read_at timestamptz
);
create index message_replies_patient on message_replies (clinic, patient, at);
