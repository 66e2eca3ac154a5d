-- A mention and the concept it means are of one type, be it the mention's second one.
from mentions
inner join concepts using (concept_id)
select mention_id, concept_id, mentions.entity_type as mention_type, also_type, concepts.entity_type as concept_type
where mentions.entity_type <> concepts.entity_type and also_type is distinct from concepts.entity_type
