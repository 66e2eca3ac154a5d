-- named_statements: one row per relation and pair of names that it is about: its subject or a name within it, with its
-- object or a name within it; see mention_names. A phrase that holds three names makes three rows beside its own.
-- An association has no direction: a target or drug that a disease is associated with through a phrase stands before the
-- disease, so that "uveitis is associated with TNF secretion" is found where "TNF secretion is associated with uveitis" is.
create or replace view named_statements as
with ends as (
    from relations
    select *, false as is_turned
    union all by name
    from relations
    select
        * replace (
            object_mention_id as subject_mention_id,
            object_type as subject_type,
            subject_mention_id as object_mention_id,
            subject_type as object_type
        ),
        true as is_turned
    where predicate = 'associated_with' and subject_type = 'disease'
)

select
    ends.relation_id,
    ends.article_id,
    ends.sentence_id,
    subjects.meaning_id as subject_id,
    subjects.meaning_name as subject_name,
    subjects.entity_type as subject_type,
    subjects.aspect as subject_aspect,
    ends.predicate,
    objects.meaning_id as object_id,
    objects.meaning_name as object_name,
    objects.entity_type as object_type,
    objects.subtype as object_subtype,
    objects.aspect as object_aspect,
    ends.is_negated,
    ends.is_hedged,
    ends.score,
    sections.kind as section_kind,
    articles.article_type,
    articles.published_year,
    articles.is_retracted
from ends
inner join sentences using (sentence_id)
inner join sections
    on sentences.article_id = sections.article_id and sentences.section_no = sections.section_no
inner join articles on ends.article_id = articles.article_id
inner join mention_names as subjects on ends.subject_mention_id = subjects.mention_id
inner join mention_names as objects on ends.object_mention_id = objects.mention_id
where
    (subjects.aspect is not null or subjects.entity_type = ends.subject_type)
    and (objects.aspect is not null or objects.entity_type = ends.object_type)
    and case
        when ends.is_turned then subjects.aspect is not null and subjects.entity_type in ('target', 'drug')
        else
            ends.predicate <> 'associated_with'
            or ends.subject_type <> 'disease'
            or objects.aspect is null
            or objects.entity_type not in ('target', 'drug')
    end;

comment on view named_statements is 'One row per relation and pair of names that it is about: the arguments themselves (aspect null), and the names within them; see mention_names. Negated, hedged and retracted ones are in: filter. Join evidence for the sentence.';
comment on column named_statements.relation_id is 'Relation; see relations.';
comment on column named_statements.article_id is 'Article that makes the statement.';
comment on column named_statements.sentence_id is 'Sentence that makes the statement.';
comment on column named_statements.subject_id is 'CURIE of the subject or of a name within it, or TEXT: and its normalised text.';
comment on column named_statements.subject_name is 'Preferred name of it, or its normalised text.';
comment on column named_statements.subject_type is 'Entity type of it; of the subject itself the one in which it takes part.';
comment on column named_statements.subject_aspect is 'What of it the statement is about; see aspects. Null: it is the subject itself.';
comment on column named_statements.predicate is 'What is said of the arguments; see predicates. associated_with goes from target or drug to disease, also where a phrase of the sentence has it the other way round.';
comment on column named_statements.object_id is 'CURIE of the object or of a name within it, or TEXT: and its normalised text.';
comment on column named_statements.object_name is 'Preferred name of it, or its normalised text.';
comment on column named_statements.object_type is 'Entity type of it; of the object itself the one in which it takes part.';
comment on column named_statements.object_subtype is 'Kind of it, such as adverse_effect; null: not known.';
comment on column named_statements.object_aspect is 'What of it the statement is about; see aspects. Null: it is the object itself.';
comment on column named_statements.is_negated is 'Whether the sentence denies it.';
comment on column named_statements.is_hedged is 'Whether the sentence says it with reserve.';
comment on column named_statements.score is 'Probability that the sentence says so.';
comment on column named_statements.section_kind is 'Kind of the section the sentence stands in.';
comment on column named_statements.article_type is 'Kind of article, such as Review; null: not known.';
comment on column named_statements.published_year is 'Year of publication; null: not known.';
comment on column named_statements.is_retracted is 'Whether the article is retracted.';
