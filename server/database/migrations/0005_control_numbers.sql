-- The last control number (ISA13, GS06, ST02) that was handed out, per connection and kind.

create table control_numbers (
  clinic text not null references clinics (id),
  connection text not null references connections (id),
  kind text not null check (kind in ('interchange', 'group', 'transaction')),
  last integer not null check (last between 1 and 999999999),
  primary key (clinic, connection, kind)
);
