-- Every concept is meant by some mention.
from concepts
anti join mentions using (concept_id)
select concept_id, name
