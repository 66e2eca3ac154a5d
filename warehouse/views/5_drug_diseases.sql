-- drug_diseases: one row per claim that joins a drug to a disease, or to a disease by one of its aspects: "A decreases
-- progression of rheumatoid arthritis" joins A to rheumatoid arthritis, aspect progression. Harm is in too: filter on
-- predicate. A drug within a phrase is no subject ("methotrexate toxicity") unless the phrase says how much of it
-- the body has ("methotrexate clearance", aspect exposure).
create or replace view drug_diseases as
select
    subject_id as drug_id,
    subject_name as drug_name,
    subject_aspect as drug_aspect,
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
where subject_type = 'drug' and object_type = 'disease';

comment on view drug_diseases is 'Claims that join a drug, or exposure to it, to a disease or an aspect of it (risk, severity, progression, mortality ...). Harm is in too: filter on predicate. A drug that is named within a phrase counts only with the aspect exposure or level.';
comment on column drug_diseases.drug_id is 'CURIE of the drug, or TEXT: and its normalised text.';
comment on column drug_diseases.drug_name is 'Preferred name of the drug, or its normalised text.';
comment on column drug_diseases.drug_aspect is 'exposure or level; see aspects. Null: the drug itself.';
comment on column drug_diseases.predicate is 'treats, prevents or causes; of an aspect of the disease also increases, decreases or modulates; of exposure to the drug associated_with.';
comment on column drug_diseases.disease_id is 'CURIE of the disease, or TEXT: and its normalised text.';
comment on column drug_diseases.disease_name is 'Preferred name of the disease, or its normalised text.';
comment on column drug_diseases.disease_aspect is 'What of the disease it is about, such as progression; see aspects. Null: the disease itself.';
comment on column drug_diseases.article_count is 'Articles that assert it, hedged or not.';
comment on column drug_diseases.sentence_count is 'Sentences that assert it, hedged or not.';
comment on column drug_diseases.negated_count is 'Sentences that deny it.';
comment on column drug_diseases.hedged_count is 'How many of the asserting sentences do so with reserve.';
comment on column drug_diseases.finding_count is 'Articles that find it: without reserve, no introduction, no review; 0: only told or supposed. See claims.';
comment on column drug_diseases.first_year is 'Year of the earliest article that asserts it; null: no year known.';
comment on column drug_diseases.last_year is 'Year of the latest article that asserts it; null: no year known.';
comment on column drug_diseases.best_score is 'Highest score among the asserting sentences.';
