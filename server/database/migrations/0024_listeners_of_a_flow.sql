-- A flow with several triggers listens at an address of each. Where n8n itself moved, the path says that it is the same trigger.
alter table record_listeners
  add column place text not null generated always as (regexp_replace(url, '^[A-Za-z]+://[^/]*', '')) stored;
drop index record_listeners_flow;
create unique index record_listeners_flow on record_listeners (clinic, flow, place) where removed_at is null;
