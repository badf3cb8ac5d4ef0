-- Remittances (835) and what they did to the books: references, codes and cents; what names a person or a claim lies in the vault.

-- Received documents that hold remittances: each is read once, however often it is begun.
create table remittance_files (
  record text primary key references vault_records (ref),
  clinic text not null references clinics (id),
  arrived_at timestamptz not null,
  read_at timestamptz,
  try_at timestamptz,
  tries integer not null default 0,
  -- A person says that it is whole, whatever its envelopes say.
  damage_accepted boolean not null default false
);
create index remittance_files_to_read on remittance_files (try_at) where read_at is null;

-- One payment of one payer. Its record is found again by what makes it this one, so that it is posted once over whichever way it comes.
create table remittances (
  ref text primary key references vault_records (ref),
  clinic text not null references clinics (id),
  file text not null references remittance_files (record),
  -- `held`: it does not balance, or bears the number of another: nothing of it is posted until a person says so.
  state text not null check (state in ('posted', 'held', 'setAside')),
  payer text not null,
  payer_name text,
  amount_cents bigint,
  method text,
  paid_on date,
  produced_on date,
  claims integer not null,
  -- Codes and segments of what is wrong with it.
  findings jsonb not null,
  received_at timestamptz not null,
  posted_at timestamptz
);
create index remittances_clinic on remittances (clinic, received_at desc, ref);

create sequence posting_order;

-- One claim of a remittance, and the clinic's claim it was posted to.
create table remittance_claims (
  ref text primary key references vault_records (ref),
  clinic text not null references clinics (id),
  remittance text not null references remittances (ref),
  position integer not null,
  -- `informs`: its status moves nothing.
  state text not null check (state in ('held', 'unmatched', 'posted', 'informs', 'setAside')),
  claim text references claims (ref),
  payer text not null,
  -- CLP02 and what it does; the payer's rank, where the status tells it.
  status text,
  effect text check (effect in ('decides', 'reverses', 'informs')),
  rank integer,
  passed_on boolean not null,
  charge_cents bigint,
  paid_cents bigint,
  patient_cents bigint,
  -- The payer told its own number of the claim.
  payer_number_known boolean not null,
  remarks text[] not null,
  -- What it was matched by, or why it was not.
  why text[] not null,
  -- Grows with every posting of a clinic.
  posting_order bigint unique,
  posted_at timestamptz,
  unique (remittance, position),
  check ((state = 'posted') = (claim is not null and posting_order is not null and posted_at is not null))
);
create index remittance_claims_claim on remittance_claims (claim) where claim is not null;
create index remittance_claims_posted on remittance_claims (clinic, posting_order) where posting_order is not null;

-- The ledger. Cents as the payer signs them; without a claim of the remittance they concern the provider, as they change the payment.
create table postings (
  id bigint generated always as identity primary key,
  clinic text not null references clinics (id),
  remittance text not null references remittances (ref),
  remittance_claim text references remittance_claims (ref),
  claim text references claims (ref),
  kind text not null,
  group_code text,
  reason text,
  cents bigint not null,
  -- Number of the claim's service line.
  line integer,
  -- The segment it came from.
  source text not null,
  at timestamptz not null,
  check ((remittance_claim is null) = (claim is null))
);
create index postings_remittance on postings (remittance, id);
create index postings_claim on postings (remittance_claim, id) where remittance_claim is not null;

create function postings_are_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only' using errcode = 'insufficient_privilege';
end
$$;
create trigger postings_append_only before update or delete on postings
  for each row execute function postings_are_append_only();
create trigger postings_no_truncate before truncate on postings
  for each statement execute function postings_are_append_only();
