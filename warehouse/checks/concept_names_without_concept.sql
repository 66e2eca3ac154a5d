-- Every synonym and every cross-reference belongs to a concept.
with others as (
    select concept_id, synonym as other from concept_synonyms
    union all
    select concept_id, xref from concept_xrefs
)

from others
anti join concepts using (concept_id)
