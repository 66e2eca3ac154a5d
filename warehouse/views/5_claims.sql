-- claims: one row per (subject, predicate, object) that an article which is not retracted asserts at least once.
-- Subject and object are what the sentences name; named_claims has the names within them too.
create or replace view claims as
select
    subject_id,
    subject_name,
    subject_type,
    predicate,
    object_id,
    object_name,
    object_type,
    article_count,
    sentence_count,
    negated_count,
    hedged_count,
    finding_count,
    first_year,
    last_year,
    best_score
from named_claims
where subject_aspect is null and object_aspect is null;

comment on view claims is 'One row per statement over all articles; retracted articles are left out. Rank by article_count: sentence_count grows with long articles.';
comment on column claims.subject_id is 'CURIE of the subject, or TEXT: and its normalised text where it is not grounded.';
comment on column claims.subject_name is 'Preferred name of the subject, or its normalised text.';
comment on column claims.subject_type is 'Entity type of the subject.';
comment on column claims.predicate is 'What is said; see predicates.';
comment on column claims.object_id is 'CURIE of the object, or TEXT: and its normalised text where it is not grounded.';
comment on column claims.object_name is 'Preferred name of the object, or its normalised text.';
comment on column claims.object_type is 'Entity type of the object.';
comment on column claims.article_count is 'Articles that assert it, hedged or not; at least 1.';
comment on column claims.sentence_count is 'Sentences that assert it, hedged or not.';
comment on column claims.negated_count is 'Sentences that deny it; they count in no other column.';
comment on column claims.hedged_count is 'How many of the asserting sentences do so with reserve; equal to sentence_count: never stated as certain.';
comment on column claims.finding_count is 'Articles that find it: assert it without reserve, outside introduction and background, and do not call themselves a review (article_type not known: no review). 0: only told or supposed, not found.';
comment on column claims.first_year is 'Year of the earliest article that asserts it; null: no year known.';
comment on column claims.last_year is 'Year of the latest article that asserts it; null: no year known.';
comment on column claims.best_score is 'Highest score among the asserting sentences.';
