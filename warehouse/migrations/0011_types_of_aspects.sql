-- The types of things that have an aspect, which views read instead of naming aspects.

alter table aspects add column of_types varchar;
comment on column aspects.of_types is
    'Entity types of things that have the aspect, separated by blanks: a statement about it leads to names of these types.';
