-- The concept that a mention means is in concepts.
from mentions
anti join concepts using (concept_id)
select mention_id, concept_id
where concept_id is not null
