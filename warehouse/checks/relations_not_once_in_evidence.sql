-- The view evidence shows every relation whose sentence and mentions exist exactly once.
with whole as (
    select relation_id
    from relations
    semi join sentences using (sentence_id)
    where
        subject_mention_id in (select mention_id from mentions)
        and object_mention_id in (select mention_id from mentions)
),

shown as (
    select relation_id, count(*) as times from evidence group by relation_id
)

select whole.relation_id, coalesce(shown.times, 0) as times
from whole
left join shown using (relation_id)
where coalesce(shown.times, 0) <> 1
