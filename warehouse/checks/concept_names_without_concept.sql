-- Every synonym, every cross-reference and every parent belongs to a concept.
with others as (
    select concept_id, synonym as other from concept_synonyms
    union all
    select concept_id, xref from concept_xrefs
    union all
    select concept_id, parent_id from concept_parents
)

from others
anti join concepts using (concept_id)
