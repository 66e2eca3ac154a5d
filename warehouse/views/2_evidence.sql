-- evidence: one row per relation, readable by itself.
-- Retracted articles and negated or hedged statements are in; filter on is_retracted, is_negated, is_hedged.
-- A core is the name that stands directly within an argument: STAT3 in "STAT3 phosphorylation". Of several names it is
-- the first in reading order; named_statements has them all.
create or replace view evidence as
select
    relations.relation_id,
    relations.article_id,
    relations.sentence_id,
    sentences.text as sentence,
    sections.kind as section_kind,
    subjects.text as subject_text,
    relations.subject_type,
    case when relations.subject_type = subjects.entity_type then subjects.subtype end as subject_subtype,
    subjects.meaning_id as subject_id,
    subjects.meaning_name as subject_name,
    subject_cores.meaning_id as subject_core_id,
    subject_cores.meaning_name as subject_core_name,
    subject_cores.entity_type as subject_core_type,
    subjects.aspect as subject_aspect,
    relations.predicate,
    objects.text as object_text,
    relations.object_type,
    case when relations.object_type = objects.entity_type then objects.subtype end as object_subtype,
    objects.meaning_id as object_id,
    objects.meaning_name as object_name,
    object_cores.meaning_id as object_core_id,
    object_cores.meaning_name as object_core_name,
    object_cores.entity_type as object_core_type,
    objects.aspect as object_aspect,
    relations.is_negated,
    relations.is_hedged,
    relations.score,
    relations.method,
    relations.species,
    relations.study_setting,
    articles.title,
    articles.published,
    articles.published_year,
    articles.doi,
    articles.pmid,
    articles.article_type,
    articles.is_retracted
from relations
inner join sentences using (sentence_id)
inner join sections
    on sentences.article_id = sections.article_id and sentences.section_no = sections.section_no
inner join articles on relations.article_id = articles.article_id
inner join named_mentions as subjects on relations.subject_mention_id = subjects.mention_id
inner join named_mentions as objects on relations.object_mention_id = objects.mention_id
left join named_mentions as subject_cores
    on relations.subject_mention_id = subject_cores.within_mention_id and subject_cores.within_no = 0
left join named_mentions as object_cores
    on relations.object_mention_id = object_cores.within_mention_id and object_cores.within_no = 0;

comment on view evidence is 'One row per relation with its sentence, names and article. Negated, hedged and retracted ones are in: filter.';
comment on column evidence.relation_id is 'Relation; see relations.';
comment on column evidence.article_id is 'Article that makes the statement.';
comment on column evidence.sentence_id is 'Sentence that makes the statement.';
comment on column evidence.sentence is 'Text of that sentence.';
comment on column evidence.section_kind is 'Kind of the section the sentence stands in.';
comment on column evidence.subject_text is 'The subject as printed.';
comment on column evidence.subject_type is 'Entity type in which the subject takes part; see relations.';
comment on column evidence.subject_subtype is 'Kind within the type, of the concept or else of the mention; null: not known.';
comment on column evidence.subject_id is 'CURIE of the subject, or TEXT: and its normalised text where it is not grounded.';
comment on column evidence.subject_name is 'Preferred name of the subject, or its normalised text.';
comment on column evidence.subject_core_id is 'CURIE, or TEXT: and its normalised text, of the first name that stands directly within the subject: TNF in "TNF secretion". Null: none.';
comment on column evidence.subject_core_name is 'Preferred name of that name, or its normalised text.';
comment on column evidence.subject_core_type is 'Entity type of that name.';
comment on column evidence.subject_aspect is 'What of the names within it the subject is about, such as secretion; see aspects. Null: not such a phrase.';
comment on column evidence.predicate is 'What is said; see predicates.';
comment on column evidence.object_text is 'The object as printed.';
comment on column evidence.object_type is 'Entity type in which the object takes part; see relations.';
comment on column evidence.object_subtype is 'Kind within the type, of the concept or else of the mention; null: not known.';
comment on column evidence.object_id is 'CURIE of the object, or TEXT: and its normalised text where it is not grounded.';
comment on column evidence.object_name is 'Preferred name of the object, or its normalised text.';
comment on column evidence.object_core_id is 'CURIE, or TEXT: and its normalised text, of the first name that stands directly within the object: TNF in "TNF secretion". Null: none.';
comment on column evidence.object_core_name is 'Preferred name of that name, or its normalised text.';
comment on column evidence.object_core_type is 'Entity type of that name.';
comment on column evidence.object_aspect is 'What of the names within it the object is about, such as secretion; see aspects. Null: not such a phrase.';
comment on column evidence.is_negated is 'Whether the sentence denies it.';
comment on column evidence.is_hedged is 'Whether the sentence says it with reserve.';
comment on column evidence.score is 'Probability that the sentence says so, learnt from judged statements.';
comment on column evidence.method is 'Rule that found it.';
comment on column evidence.species is 'Species it was studied in; null: not said, or more than one named. See relations.';
comment on column evidence.study_setting is 'in_vitro, animal or clinical; null: not said, or more than one named.';
comment on column evidence.title is 'Title of the article.';
comment on column evidence.published is 'Date of publication as precise as known: YYYY, YYYY-MM or YYYY-MM-DD.';
comment on column evidence.published_year is 'Year of publication.';
comment on column evidence.doi is 'DOI of the article.';
comment on column evidence.pmid is 'PubMed identifier of the article.';
comment on column evidence.article_type is 'Kind of article, such as Review; see articles.article_type. Null: not known.';
comment on column evidence.is_retracted is 'Whether the article is retracted.';
