-- named_claims: one row per pair of names and predicate, with the aspect of each, that an article which is not retracted
-- asserts at least once. Where both aspects are null it is a row of claims.
-- What is only ever denied is no claim; look for it in evidence where is_negated.
-- sentence_count grows with long articles; rank by article_count.
-- A finding is told without reserve, outside an introduction, by an article that does not call itself a review; what is
-- told in no such place is repeated, as far as these articles show. Background sections have the kind introduction.
create or replace view named_claims as
with statements as (
    from named_statements
    select
        *,
        not is_negated
        and not is_hedged
        and section_kind <> 'introduction'
        and not regexp_matches(coalesce(article_type, ''), '\breviews?\b', 'i') as is_finding
    where not is_retracted
)

select
    subject_id,
    subject_name,
    subject_type,
    subject_aspect,
    predicate,
    object_id,
    object_name,
    object_type,
    object_aspect,
    count(distinct article_id) filter (where not is_negated) as article_count,
    count(distinct sentence_id) filter (where not is_negated) as sentence_count,
    count(distinct sentence_id) filter (where is_negated) as negated_count,
    count(distinct sentence_id) filter (where is_hedged and not is_negated) as hedged_count,
    count(distinct article_id) filter (where is_finding) as finding_count,
    min(published_year) filter (where not is_negated) as first_year,
    max(published_year) filter (where not is_negated) as last_year,
    max(score) filter (where not is_negated) as best_score
from statements
group by all
having article_count > 0;

comment on view named_claims is 'claims, and beside them those about the names within phrases, with the aspect of each: one row per pair of names, aspects and predicate. Retracted articles are left out.';
comment on column named_claims.subject_id is 'CURIE of the subject, or TEXT: and its normalised text where it is not grounded.';
comment on column named_claims.subject_name is 'Preferred name of the subject, or its normalised text.';
comment on column named_claims.subject_type is 'Entity type of the subject.';
comment on column named_claims.subject_aspect is 'What of the subject it is about, such as secretion; see aspects. Null: the subject itself.';
comment on column named_claims.predicate is 'What is said; see predicates.';
comment on column named_claims.object_id is 'CURIE of the object, or TEXT: and its normalised text where it is not grounded.';
comment on column named_claims.object_name is 'Preferred name of the object, or its normalised text.';
comment on column named_claims.object_type is 'Entity type of the object.';
comment on column named_claims.object_aspect is 'What of the object it is about, such as secretion; see aspects. Null: the object itself.';
comment on column named_claims.article_count is 'Articles that assert it, hedged or not; at least 1.';
comment on column named_claims.sentence_count is 'Sentences that assert it, hedged or not.';
comment on column named_claims.negated_count is 'Sentences that deny it; they count in no other column.';
comment on column named_claims.hedged_count is 'How many of the asserting sentences do so with reserve; equal to sentence_count: never stated as certain.';
comment on column named_claims.finding_count is 'Articles that find it: assert it without reserve, outside introduction and background, and do not call themselves a review (article_type not known: no review). 0: only told or supposed, not found.';
comment on column named_claims.first_year is 'Year of the earliest article that asserts it; null: no year known.';
comment on column named_claims.last_year is 'Year of the latest article that asserts it; null: no year known.';
comment on column named_claims.best_score is 'Highest score among the asserting sentences.';
