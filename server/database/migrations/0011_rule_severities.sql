-- What a clinic decided about the severity of a rule of its claim checks: the newest row of a rule and variant holds.

create table rule_severities (
  id bigint generated always as identity primary key,
  clinic text not null references clinics (id),
  rule text not null,
  variant text,
  -- `lower`: as proposed. `keep`: the proposal was declined. `restore`: back to the rule's own.
  decision text not null check (decision in ('lower', 'keep', 'restore')),
  -- The clinic's own from then on; null: the rule's own. No rule becomes silent: the lowest severity asks.
  severity text check (severity in ('warns', 'asks')),
  -- The clinic's day on which it was decided.
  decided_on date not null,
  decided_at timestamptz not null,
  decided_by text not null references users (id),
  reason text not null references vault_records (ref),
  -- How the rule had done until then; null where nothing had been proposed.
  figures jsonb
);
create index rule_severities_newest on rule_severities (clinic, rule, variant, id desc);
