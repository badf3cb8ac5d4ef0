-- The latest import that changed what an authorization rests on: what a flow has still to have tracked.

create table import_changes (
  authorization_ref text primary key references authorizations (ref),
  clinic text not null references clinics (id),
  changed_at timestamptz not null
);
create index import_changes_clinic on import_changes (clinic, changed_at);
