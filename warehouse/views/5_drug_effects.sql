-- drug_effects: one row per claim that joins a drug to an effect, or to an effect by one of its aspects ("severity of
-- nausea"). Wanted and unwanted effects; adverse_effects has the unwanted.
create or replace view drug_effects as
select
    subject_id as drug_id,
    subject_name as drug_name,
    predicate,
    object_id as effect_id,
    object_name as effect_name,
    object_aspect as effect_aspect,
    article_count,
    sentence_count,
    negated_count,
    hedged_count,
    finding_count,
    first_year,
    last_year,
    best_score
from named_claims
where subject_type = 'drug' and subject_aspect is null and object_type = 'effect';

comment on view drug_effects is 'Claims that join a drug to an effect, or to an aspect of an effect (effect_aspect: severity, risk ...). Wanted and unwanted effects; adverse_effects has the unwanted.';
comment on column drug_effects.drug_id is 'CURIE of the drug, or TEXT: and its normalised text.';
comment on column drug_effects.drug_name is 'Preferred name of the drug, or its normalised text.';
comment on column drug_effects.predicate is 'increases, decreases, modulates or causes.';
comment on column drug_effects.effect_id is 'CURIE of the effect, or TEXT: and its normalised text.';
comment on column drug_effects.effect_name is 'Preferred name of the effect, or its normalised text.';
comment on column drug_effects.effect_aspect is 'What of the effect it is about, such as severity; see aspects. Null: the effect itself.';
comment on column drug_effects.article_count is 'Articles that assert it, hedged or not.';
comment on column drug_effects.sentence_count is 'Sentences that assert it, hedged or not.';
comment on column drug_effects.negated_count is 'Sentences that deny it.';
comment on column drug_effects.hedged_count is 'How many of the asserting sentences do so with reserve.';
comment on column drug_effects.finding_count is 'Articles that find it: without reserve, no introduction, no review; 0: only told or supposed. See claims.';
comment on column drug_effects.first_year is 'Year of the earliest article that asserts it; null: no year known.';
comment on column drug_effects.last_year is 'Year of the latest article that asserts it; null: no year known.';
comment on column drug_effects.best_score is 'Highest score among the asserting sentences.';
