-- target_diseases: one row per claim that joins a target to a disease. An association has no direction and is no cause.
create or replace view target_diseases as
select
    subject_id as target_id,
    subject_name as target_name,
    predicate,
    object_id as disease_id,
    object_name as disease_name,
    article_count,
    sentence_count,
    negated_count,
    hedged_count,
    finding_count,
    first_year,
    last_year,
    best_score
from claims
where subject_type = 'target' and object_type = 'disease';

comment on view target_diseases is 'Claims that join a target to a disease: associated_with. An association has no direction and is no cause.';
comment on column target_diseases.target_id is 'CURIE of the target, or TEXT: and its normalised text.';
comment on column target_diseases.target_name is 'Preferred name of the target, or its normalised text.';
comment on column target_diseases.predicate is 'associated_with.';
comment on column target_diseases.disease_id is 'CURIE of the disease, or TEXT: and its normalised text.';
comment on column target_diseases.disease_name is 'Preferred name of the disease, or its normalised text.';
comment on column target_diseases.article_count is 'Articles that assert it, hedged or not.';
comment on column target_diseases.sentence_count is 'Sentences that assert it, hedged or not.';
comment on column target_diseases.negated_count is 'Sentences that deny it.';
comment on column target_diseases.hedged_count is 'How many of the asserting sentences do so with reserve.';
comment on column target_diseases.finding_count is 'Articles that find it: without reserve, no introduction, no review; 0: only told or supposed. See claims.';
comment on column target_diseases.first_year is 'Year of the earliest article that asserts it; null: no year known.';
comment on column target_diseases.last_year is 'Year of the latest article that asserts it; null: no year known.';
comment on column target_diseases.best_score is 'Highest score among the asserting sentences.';
