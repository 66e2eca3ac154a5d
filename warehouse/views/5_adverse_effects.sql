-- adverse_effects: one row per claim that a drug does harm: it causes a disease or an effect, it increases an effect of
-- the subtype adverse_effect, or it increases or causes an aspect of either: "A increases the risk of infection" joins
-- A to infection, aspect risk. More absence of a disease is no harm.
create or replace view adverse_effects as
with adverse as (
    select distinct object_id from named_statements
    where object_subtype = 'adverse_effect' and not is_retracted
)

select
    subject_id as drug_id,
    subject_name as drug_name,
    predicate,
    object_id as effect_id,
    object_name as effect_name,
    object_type as effect_type,
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
where
    subject_type = 'drug'
    and subject_aspect is null
    and object_type in ('disease', 'effect')
    and object_aspect is distinct from 'absence'
    and (
        predicate = 'causes'
        or (predicate = 'increases' and (object_type = 'disease' or object_id in (from adverse)))
    );

comment on view adverse_effects is 'Claims of harm: a drug causes a disease or an effect, increases an effect of the subtype adverse_effect, or causes or increases an aspect of these (risk, severity, progression, mortality ...). A disease that a drug causes is also in drug_diseases, an effect also in drug_effects.';
comment on column adverse_effects.drug_id is 'CURIE of the drug, or TEXT: and its normalised text.';
comment on column adverse_effects.drug_name is 'Preferred name of the drug, or its normalised text.';
comment on column adverse_effects.predicate is 'causes or increases.';
comment on column adverse_effects.effect_id is 'CURIE of the disease or effect, or TEXT: and its normalised text.';
comment on column adverse_effects.effect_name is 'Preferred name of the disease or effect, or its normalised text.';
comment on column adverse_effects.effect_type is 'disease or effect.';
comment on column adverse_effects.effect_aspect is 'What of the disease or effect it is about, such as risk; see aspects. Null: the disease or effect itself.';
comment on column adverse_effects.article_count is 'Articles that assert it, hedged or not.';
comment on column adverse_effects.sentence_count is 'Sentences that assert it, hedged or not.';
comment on column adverse_effects.negated_count is 'Sentences that deny it.';
comment on column adverse_effects.hedged_count is 'How many of the asserting sentences do so with reserve.';
comment on column adverse_effects.finding_count is 'Articles that find it: without reserve, no introduction, no review; 0: only told or supposed. See claims.';
comment on column adverse_effects.first_year is 'Year of the earliest article that asserts it; null: no year known.';
comment on column adverse_effects.last_year is 'Year of the latest article that asserts it; null: no year known.';
comment on column adverse_effects.best_score is 'Highest score among the asserting sentences.';
