-- What vendors told of messages and calls: how far each has come, and that a patient answered. The words lie in the vault.
create table message_events (
  id bigint generated always as identity primary key,
  clinic text not null references clinics (id),
  connection text not null references connections (id),
  -- The vendor's own name of the message or call; of a reply: of the reply.
  vendor_message text not null,
  kind text not null check (kind in ('status', 'reply')),
  -- Null for a reply.
  status text check (status in ('queued', 'sent', 'delivered', 'undelivered', 'failed')),
  -- Why it did not arrive, in words; null where nobody said.
  error_code text,
  -- A hash of the key of the effect it belongs to, where the vendor gave it back.
  mark text,
  document text not null references vault_records (ref),
  received_at timestamptz not null,
  -- Null: nobody has acted on it yet. What came after a later word of the vendor is handled from the beginning.
  handled_at timestamptz,
  check ((kind = 'status') = (status is not null))
);
create index message_events_open on message_events (id) where handled_at is null;
create index message_events_message on message_events (connection, vendor_message);
