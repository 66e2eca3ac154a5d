-- target_diseases: one row per claim that joins a target to a disease, or an aspect of the one to the other or to an
-- aspect of it: "TNF secretion is associated with uveitis" joins TNF, aspect secretion, to uveitis. A disease that is
-- associated with such a phrase is found here too: an association has no direction and is no cause. A target that
-- a drug is named after ("TNF inhibitors treat uveitis") is no subject.
create or replace view target_diseases as
select
    subject_id as target_id,
    subject_name as target_name,
    subject_aspect as target_aspect,
    predicate,
    object_id as disease_id,
    object_name as disease_name,
    object_aspect as disease_aspect,
    article_count,
    sentence_count,
    negated_count,
    hedged_count,
    finding_count,
    first_year,
    last_year,
    best_score
from named_claims
where subject_type = 'target' and object_type = 'disease';

comment on view target_diseases is 'Claims that join a target, or an aspect of it (target_aspect: level, variant, absence ...), to a disease or an aspect of it (severity, risk ...). An association has no direction and is no cause.';
comment on column target_diseases.target_id is 'CURIE of the target, or TEXT: and its normalised text.';
comment on column target_diseases.target_name is 'Preferred name of the target, or its normalised text.';
comment on column target_diseases.target_aspect is 'What of the target goes with the disease, such as level; see aspects. Null: the target itself.';
comment on column target_diseases.predicate is 'associated_with; of an aspect of the disease also increases, decreases or modulates.';
comment on column target_diseases.disease_id is 'CURIE of the disease, or TEXT: and its normalised text.';
comment on column target_diseases.disease_name is 'Preferred name of the disease, or its normalised text.';
comment on column target_diseases.disease_aspect is 'What of the disease it goes with, such as severity; see aspects. Null: the disease itself.';
comment on column target_diseases.article_count is 'Articles that assert it, hedged or not.';
comment on column target_diseases.sentence_count is 'Sentences that assert it, hedged or not.';
comment on column target_diseases.negated_count is 'Sentences that deny it.';
comment on column target_diseases.hedged_count is 'How many of the asserting sentences do so with reserve.';
comment on column target_diseases.finding_count is 'Articles that find it: without reserve, no introduction, no review; 0: only told or supposed. See claims.';
comment on column target_diseases.first_year is 'Year of the earliest article that asserts it; null: no year known.';
comment on column target_diseases.last_year is 'Year of the latest article that asserts it; null: no year known.';
comment on column target_diseases.best_score is 'Highest score among the asserting sentences.';
