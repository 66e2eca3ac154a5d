-- A run says how it ended before its work is published.
from runs
select run_id, started_at
where status = 'running'
