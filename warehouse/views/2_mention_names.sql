-- mention_names: one row per mention and name that a statement about it is about: what the mention itself means
-- (aspect null), in each type that it has, and each name directly within it, by the aspect of the phrase.
-- Only an aspect leads to a name within: who blocks "TNF secretion" acts on TNF, who blocks the "TNF receptor" does not.
-- A name that shares the head noun of a phrase has its aspect too: B in "expression of A and B".
-- A drug does not stand for what is named in it ("TNF inhibitor"), and an aspect leads only to names that can have it:
-- aspects.of_types.
create or replace view mention_names as
select
    mention_id,
    null::varchar as aspect,
    entity_type,
    subtype,
    meaning_id,
    meaning_name
from named_mentions
union all
select
    mention_id,
    null::varchar as aspect,
    also_type as entity_type,
    null::varchar as subtype,
    meaning_id,
    meaning_name
from named_mentions
where also_type is not null
union all
select
    mention_id,
    aspect,
    entity_type,
    subtype,
    meaning_id,
    meaning_name
from named_mentions
where
    entity_type = 'target'
    and also_type = 'effect'
    and aspect is not null
    and mention_id not in (select within_mention_id from mentions where within_mention_id is not null)
union all
select
    phrases.mention_id,
    phrases.aspect,
    names.entity_type,
    names.subtype,
    names.meaning_id,
    names.meaning_name
from named_mentions as names
inner join mentions as phrases on names.within_mention_id = phrases.mention_id
inner join aspects on phrases.aspect = aspects.aspect
where phrases.entity_type <> 'drug' and list_contains(string_split(aspects.of_types, ' '), names.entity_type);

comment on view mention_names is 'One row per mention and name that a statement about it is about: itself (aspect null; two rows if it has a second type), and each name directly within it that its aspect leads to. "TNF secretion" leads to TNF; "TNF receptor" and "TNF inhibitor", which have no aspect, do not.';
comment on column mention_names.mention_id is 'Mention, an argument of statements; see mentions.';
comment on column mention_names.aspect is 'What of the name the mention is about; see aspects. Null: the name is the mention itself.';
comment on column mention_names.entity_type is 'Entity type of the name; of the mention itself its own or its also_type.';
comment on column mention_names.subtype is 'Kind within the type, of the concept or else of the mention; null: not known, or of the second type.';
comment on column mention_names.meaning_id is 'CURIE of the name, or TEXT: and its normalised text.';
comment on column mention_names.meaning_name is 'Preferred name, or its normalised text.';
