-- What a named person wrote off or left to the patient, in cents: written with the event that says so, never changed.

create table claim_entries (
  event text not null references claim_events (id),
  claim text not null references claims (ref),
  clinic text not null references clinics (id),
  kind text not null check (kind in ('writeOff', 'leftToPatient')),
  -- Whose part it was. Only what was open of insurance is left to the patient.
  of_whom text not null check (of_whom in ('insurance', 'patient')),
  cents bigint not null check (cents > 0),
  by_user text not null references users (id),
  at timestamptz not null,
  primary key (event, of_whom),
  check (kind = 'writeOff' or of_whom = 'insurance')
);
create index claim_entries_claim on claim_entries (claim);

create trigger claim_entries_append_only before update or delete on claim_entries
  for each row execute function postings_are_append_only();
create trigger claim_entries_no_truncate before truncate on claim_entries
  for each statement execute function postings_are_append_only();
