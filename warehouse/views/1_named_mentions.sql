-- named_mentions: one row per mention, with what it means. A mention that is not grounded means its own text.
create or replace view named_mentions as
select
    mentions.mention_id,
    mentions.article_id,
    mentions.sentence_id,
    mentions.text,
    normalised(mentions.text) as normalised_text,
    mentions.entity_type,
    coalesce(concepts.subtype, mentions.subtype) as subtype,
    coalesce(mentions.concept_id, 'TEXT:' || normalised(mentions.text)) as meaning_id,
    coalesce(concepts.name, normalised(mentions.text)) as meaning_name,
    mentions.within_mention_id,
    mentions.within_no,
    mentions.aspect,
    mentions.also_type
from mentions
left join concepts using (concept_id);

comment on view named_mentions is 'One row per mention with what it means; one that is not grounded means its own text.';
comment on column named_mentions.mention_id is 'Mention; see mentions.';
comment on column named_mentions.article_id is 'Article the mention stands in.';
comment on column named_mentions.sentence_id is 'Sentence the mention stands in.';
comment on column named_mentions.text is 'The name as printed.';
comment on column named_mentions.normalised_text is 'The name with composed characters, single blanks and lower case.';
comment on column named_mentions.entity_type is 'drug, target, disease or effect.';
comment on column named_mentions.subtype is 'Kind within the type, of the concept or else of the mention.';
comment on column named_mentions.meaning_id is 'CURIE of the concept, or TEXT: and the normalised text.';
comment on column named_mentions.meaning_name is 'Preferred name of the concept, or the normalised text.';
comment on column named_mentions.within_mention_id is 'Mention of the phrase that the name stands in; null: in none.';
comment on column named_mentions.within_no is 'Place of the name among those directly within the phrase, from 0; null: in none.';
comment on column named_mentions.aspect is 'What of the names within it a phrase is about; see aspects. Null: no such phrase.';
comment on column named_mentions.also_type is 'Second entity type in which it may take part in a statement; null: none.';
