-- Every run that an article or a failure names is in runs.
with named as (
    select 'articles' as table_name, article_id as row_key, run_id from articles
    union all
    select 'failures', source_uri, run_id from failures
    union all
    select 'failures', source_uri, resolved_run_id from failures where resolved_run_id is not null
)

from named
anti join runs using (run_id)
