-- What a person must decide or do, every revision of its draft, and the one decision.

create table work_items (
  id text primary key,
  clinic text not null references clinics (id),
  kind text not null,
  role text not null check (role in ('frontDesk', 'biller', 'therapist', 'admin')),
  waits_for text check (waits_for in ('frontDesk', 'biller', 'therapist', 'admin')),
  status text not null check (status in ('open', 'decided', 'closed')),
  priority integer not null check (priority between 1 and 5),
  priority_reason text not null,
  title text not null,
  reason text not null,
  subject text not null,
  payer text,
  effect_key text,
  workflow_id text,
  context jsonb not null,
  draft_kind text,
  due_at timestamptz,
  opened_at timestamptz not null,
  reminded_at timestamptz,
  escalated_from text,
  escalated_at timestamptz,
  closed_at timestamptz,
  close_reason text
);
create index work_items_open on work_items (clinic, status, role, priority, due_at);
create index work_items_subject on work_items (clinic, subject, kind);
create unique index work_items_effect on work_items (clinic, effect_key) where status = 'open' and kind = 'authorization.uncertain';

create table work_item_keys (
  clinic text not null references clinics (id),
  key text not null,
  work_item text not null references work_items (id),
  primary key (clinic, key)
);

create table work_item_revisions (
  work_item text not null references work_items (id),
  number integer not null,
  hash text not null,
  record text not null references vault_records (ref),
  by_whom text not null,
  at timestamptz not null,
  primary key (work_item, number)
);

create table work_item_decisions (
  id text primary key,
  clinic text not null references clinics (id),
  work_item text not null references work_items (id),
  decision text not null,
  hash text not null,
  revision integer not null,
  by_user text not null references users (id),
  at timestamptz not null,
  reason text,
  outcome jsonb,
  state text not null check (state in ('claimed', 'accepted', 'refused')),
  tried_at timestamptz,
  settled_at timestamptz
);
-- Two people, one decision: the second waits for the first to be accepted or refused.
create unique index work_item_decisions_one on work_item_decisions (work_item) where state <> 'refused';
create index work_item_decisions_outbox on work_item_decisions (at) where state = 'claimed';
