-- Charts that claims are checked against, and what checking a claim found.

create table scrub_charts (
  clinic text not null references clinics (id),
  patient text not null references vault_records (ref),
  -- The chart by the schema of `gait scrub`; clinical text, so it lies in the vault.
  record text not null references vault_records (ref),
  changed_at timestamptz not null,
  primary key (clinic, patient)
);

-- The files they came in, each by its content once.
create table chart_files (
  clinic text not null references clinics (id),
  connection text not null references connections (id),
  sha256 text not null,
  -- stored, unknownPatient or unreadable.
  outcome text not null,
  at timestamptz not null,
  primary key (clinic, connection, sha256)
);

-- The newest check of each claim.
create table claim_scrubs (
  claim text primary key references claims (ref),
  clinic text not null references clinics (id),
  -- Of the claim's record; findings about an older version count no more.
  version integer not null,
  -- Null: it was checked without a chart.
  chart text references vault_records (ref),
  -- Findings and what was not checked, whole.
  record text not null references vault_records (ref),
  not_checked integer not null,
  at timestamptz not null
);
create index claim_scrubs_clinic on claim_scrubs (clinic, at);

-- One row for each statement a claim did not meet: what became of it is the rule's own record.
create table claim_findings (
  clinic text not null references clinics (id),
  claim text not null references claims (ref),
  -- A digest of rule, line and facts: another fact is another finding.
  key text not null,
  rule text not null,
  variant text,
  severity text not null,
  role text not null,
  line integer,
  found_at timestamptz not null,
  -- The claim was corrected, or the chart completed: it was not found any more.
  fixed_at timestamptz,
  overridden_at timestamptz,
  overridden_by text,
  reason text references vault_records (ref),
  primary key (claim, key),
  check ((overridden_at is null) = (overridden_by is null)),
  check ((overridden_at is null) = (reason is null))
);
create index claim_findings_clinic on claim_findings (clinic, rule);
