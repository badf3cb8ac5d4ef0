-- What a specialist found of a sampled draft is one word, decided on the work item.
alter table note_audits drop column accuracy, drop column completeness, drop column language;
alter table note_audits add column verdict text
  check (verdict in ('sound', 'minorFaults', 'seriousFaults', 'notLooked'));
alter table note_audits add check ((verdict is null) = (scored_at is null));
