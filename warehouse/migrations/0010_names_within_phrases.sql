-- Names within phrases, what of them a phrase is about, and the types in which arguments take part.

alter table mentions add column within_mention_id varchar;
comment on column mentions.within_mention_id is
    'Mention of the phrase that the name stands in: of "TNF secretion" for TNF. Null: it stands in none, or read by an earlier version.';

alter table mentions add column within_no integer;
comment on column mentions.within_no is
    'Place of the name among those that stand directly within its phrase, from 0 in reading order. Null: it stands in none, or read by an earlier version.';

alter table mentions add column aspect varchar;
comment on column mentions.aspect is
    'What of the names within it a phrase is about, such as secretion; see aspects. Null: no such phrase, or read by an earlier version.';

alter table mentions add column also_type varchar;
comment on column mentions.also_type is
    'Second entity type in which it may take part in a statement, where text and role leave both open. Null: none, or read by an earlier version.';

comment on table mentions is
    'One row per stretch of text that names a drug, target, disease or effect. A name may stand within a longer one, see within_mention_id; else no two share characters.';

alter table relations add column subject_type varchar;
comment on column relations.subject_type is 'Entity type in which the subject takes part: its entity_type or its also_type.';

alter table relations add column object_type varchar;
comment on column relations.object_type is 'Entity type in which the object takes part: its entity_type or its also_type.';

-- Mentions had one type until now.
update relations
set subject_type = subjects.entity_type, object_type = objects.entity_type
from mentions as subjects, mentions as objects
where relations.subject_mention_id = subjects.mention_id and relations.object_mention_id = objects.mention_id;

create table aspects (
    aspect            varchar not null primary key,
    meaning           varchar not null,
    biolink_qualifier varchar,
    biolink_value     varchar
);
comment on table aspects is 'One row per aspect of a named thing that a phrase may be about, with its counterpart in the Biolink Model; written from the code.';
comment on column aspects.aspect is 'Name of the aspect in mentions and in the views.';
comment on column aspects.meaning is 'What a phrase with it says of the named thing.';
comment on column aspects.biolink_qualifier is 'Biolink qualifier that says it of a subject or object, such as aspect_qualifier (object_aspect_qualifier of an object); null: none.';
comment on column aspects.biolink_value is 'Value of that qualifier; null: none.';
