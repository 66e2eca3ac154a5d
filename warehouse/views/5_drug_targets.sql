-- drug_targets: one row per claim that joins a drug to a target, or to a target by one of its aspects: "tofacitinib
-- decreases STAT3 phosphorylation" joins tofacitinib to STAT3, aspect modification. The predicate is that of the
-- statement. One drug and target may have several, one per predicate and aspect.
create or replace view drug_targets as
select
    subject_id as drug_id,
    subject_name as drug_name,
    predicate,
    object_id as target_id,
    object_name as target_name,
    object_aspect as target_aspect,
    article_count,
    sentence_count,
    negated_count,
    hedged_count,
    finding_count,
    first_year,
    last_year,
    best_score
from named_claims
where subject_type = 'drug' and subject_aspect is null and object_type = 'target';

comment on view drug_targets is 'Claims that join a drug to a target, or to an aspect of a target (target_aspect: secretion, expression ...): what acts on the target in any way. One drug and target may have several, one per predicate and aspect.';
comment on column drug_targets.drug_id is 'CURIE of the drug, or TEXT: and its normalised text.';
comment on column drug_targets.drug_name is 'Preferred name of the drug, or its normalised text.';
comment on column drug_targets.predicate is 'inhibits, activates, binds, depletes or modulates; of an aspect also increases, decreases, causes, treats or prevents (an absence).';
comment on column drug_targets.target_id is 'CURIE of the target, or TEXT: and its normalised text.';
comment on column drug_targets.target_name is 'Preferred name of the target, or its normalised text.';
comment on column drug_targets.target_aspect is 'What of the target the drug acts on, such as secretion; see aspects. Null: the target itself.';
comment on column drug_targets.article_count is 'Articles that assert it, hedged or not.';
comment on column drug_targets.sentence_count is 'Sentences that assert it, hedged or not.';
comment on column drug_targets.negated_count is 'Sentences that deny it.';
comment on column drug_targets.hedged_count is 'How many of the asserting sentences do so with reserve.';
comment on column drug_targets.finding_count is 'Articles that find it: without reserve, no introduction, no review; 0: only told or supposed. See claims.';
comment on column drug_targets.first_year is 'Year of the earliest article that asserts it; null: no year known.';
comment on column drug_targets.last_year is 'Year of the latest article that asserts it; null: no year known.';
comment on column drug_targets.best_score is 'Highest score among the asserting sentences.';
