-- What is named in the sentences, and what the names mean.

create table mentions (
    mention_id       varchar not null primary key,
    article_id       varchar not null,
    sentence_id      varchar not null,
    start_char       integer not null check (start_char >= 0),
    end_char         integer not null check (end_char > start_char),
    text             varchar not null,
    entity_type      varchar not null,
    subtype          varchar,
    concept_id       varchar,
    grounding_method varchar not null,
    grounding_score  double check (grounding_score between 0 and 1),
    detector         varchar not null
);
comment on table mentions is 'One row per stretch of text that names a drug, target, disease or effect.';
comment on column mentions.mention_id is 'Identifier made from the article, the offsets and the type.';
comment on column mentions.article_id is 'Article the mention stands in.';
comment on column mentions.sentence_id is 'Sentence the mention stands in.';
comment on column mentions.start_char is 'First character in articles.text, 0-based.';
comment on column mentions.end_char is 'Character after the last one in articles.text.';
comment on column mentions.text is 'The name, character for character.';
comment on column mentions.entity_type is 'drug, target, disease or effect.';
comment on column mentions.subtype is 'Kind within the type, such as biologic, protein or adverse_effect; null: not known.';
comment on column mentions.concept_id is 'CURIE of what is meant, see concepts; null: named but not grounded.';
comment on column mentions.grounding_method is 'How the concept was found, or why none was.';
comment on column mentions.grounding_score is 'Trust in the grounding, 0 to 1; null: not grounded.';
comment on column mentions.detector is 'Part of the pipeline that found the mention.';

create table concepts (
    concept_id  varchar not null primary key,
    entity_type varchar not null,
    subtype     varchar,
    name        varchar not null,
    vocabulary  varchar not null
);
comment on table concepts is 'One row per concept that some mention means.';
comment on column concepts.concept_id is 'Identifier, a CURIE such as CHEBI:15365.';
comment on column concepts.entity_type is 'drug, target, disease or effect; the same as that of its mentions.';
comment on column concepts.subtype is 'Kind within the type; null: not known.';
comment on column concepts.name is 'Preferred name in its vocabulary.';
comment on column concepts.vocabulary is 'Vocabulary the concept comes from.';

create table concept_synonyms (
    concept_id varchar not null,
    synonym    varchar not null,
    primary key (concept_id, synonym)
);
comment on table concept_synonyms is 'One row per other name of a concept.';
comment on column concept_synonyms.concept_id is 'Concept so named.';
comment on column concept_synonyms.synonym is 'The other name.';

create table concept_xrefs (
    concept_id varchar not null,
    xref       varchar not null,
    primary key (concept_id, xref)
);
comment on table concept_xrefs is 'One row per identifier of a concept in another vocabulary.';
comment on column concept_xrefs.concept_id is 'Concept so identified.';
comment on column concept_xrefs.xref is 'CURIE of the same concept in another vocabulary.';
