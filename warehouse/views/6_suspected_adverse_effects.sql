-- suspected_adverse_effects: one row per drug and harm that a classifier finds in title and abstract of an article.
-- No statements but suspicions, for what the views of claims miss: filter on best_score, a probability.
create or replace view suspected_adverse_effects as
with suspected as (
    select
        article_relations.article_id,
        article_relations.score,
        articles.published_year,
        drugs.meaning_id as drug_id,
        drugs.meaning_name as drug_name,
        effects.meaning_id as effect_id,
        effects.meaning_name as effect_name,
        effects.entity_type as effect_type
    from article_relations
    inner join articles using (article_id)
    inner join named_mentions as drugs on article_relations.subject_mention_id = drugs.mention_id
    inner join named_mentions as effects on article_relations.object_mention_id = effects.mention_id
    where not articles.is_retracted
)

select
    drug_id,
    drug_name,
    effect_id,
    effect_name,
    effect_type,
    count(distinct article_id) as article_count,
    min(published_year) as first_year,
    max(published_year) as last_year,
    max(score) as best_score,
    (drug_id, effect_id) in (select (adverse_effects.drug_id, adverse_effects.effect_id) from adverse_effects) as is_claimed
from suspected
group by drug_id, drug_name, effect_id, effect_name, effect_type;

comment on view suspected_adverse_effects is 'One row per drug and harm that a classifier reads off title and abstract of articles, retracted ones left out. Suspicions, not statements: filter on best_score.';
comment on column suspected_adverse_effects.drug_id is 'CURIE of the drug, or TEXT: and its normalised text.';
comment on column suspected_adverse_effects.drug_name is 'Preferred name of the drug, or its normalised text.';
comment on column suspected_adverse_effects.effect_id is 'CURIE of the disease or effect, or TEXT: and its normalised text.';
comment on column suspected_adverse_effects.effect_name is 'Preferred name of the disease or effect, or its normalised text.';
comment on column suspected_adverse_effects.effect_type is 'disease or effect.';
comment on column suspected_adverse_effects.article_count is 'Articles in which the classifier finds it.';
comment on column suspected_adverse_effects.first_year is 'Year of the earliest of them; null: no year known.';
comment on column suspected_adverse_effects.last_year is 'Year of the latest of them; null: no year known.';
comment on column suspected_adverse_effects.best_score is 'Highest probability among them that a reader of the abstract would say so too.';
comment on column suspected_adverse_effects.is_claimed is 'Whether a sentence states it too: it is a row of adverse_effects.';
