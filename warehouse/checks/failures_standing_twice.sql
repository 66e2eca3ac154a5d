-- An input has at most one failure that still stands.
from failures
select source_uri, list(run_id order by run_id) as run_ids
where resolved_run_id is null
group by source_uri
having count(*) > 1
