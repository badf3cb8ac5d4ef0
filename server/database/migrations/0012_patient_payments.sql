-- What patients paid, as the billing system or a named person took it down: days and cents by reference; numbers and clients lie in the vault.

create table patient_payments (
  ref text primary key references vault_records (ref),
  clinic text not null references clinics (id),
  -- The received file it stood in, or the person who took it down.
  file text references vault_records (ref),
  by_user text references users (id),
  paid_on date not null,
  -- Below zero: paid back.
  cents bigint not null check (cents <> 0),
  method text check (method in ('cash', 'check', 'card', 'other')),
  at timestamptz not null,
  check ((file is null) <> (by_user is null))
);
create index patient_payments_clinic on patient_payments (clinic, at);

-- The claim a payment is for, once it is known. A payment without one is not in the books of any.
create table patient_payment_postings (
  payment text primary key references patient_payments (ref),
  clinic text not null references clinics (id),
  claim text not null references claims (ref),
  at timestamptz not null
);
create index patient_payment_postings_claim on patient_payment_postings (claim);

create trigger patient_payments_append_only before update or delete on patient_payments
  for each row execute function postings_are_append_only();
create trigger patient_payments_no_truncate before truncate on patient_payments
  for each statement execute function postings_are_append_only();
create trigger patient_payment_postings_append_only before update or delete on patient_payment_postings
  for each row execute function postings_are_append_only();
create trigger patient_payment_postings_no_truncate before truncate on patient_payment_postings
  for each statement execute function postings_are_append_only();
