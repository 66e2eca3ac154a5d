-- Every concept stands in concept_parents with itself at distance 0, and with no other concept there.
with selves as (
    select concept_id, distance from concept_parents where parent_id = concept_id
)

from concepts
left join selves using (concept_id)
select concept_id, name, distance
where distance is distinct from 0
union all
from concept_parents
select concept_id, parent_name, distance
where distance = 0 and parent_id <> concept_id
