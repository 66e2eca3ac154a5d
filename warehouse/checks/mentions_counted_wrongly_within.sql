-- The names directly within a phrase count from 0 in reading order; a name within none does not count.
with counted as (
    select
        mention_id,
        within_mention_id,
        within_no,
        row_number() over (partition by within_mention_id order by start_char, mention_id) - 1 as expected_no
    from mentions
    where within_mention_id is not null
    union all
    select mention_id, within_mention_id, within_no, null
    from mentions
    where within_mention_id is null and within_no is not null
)

from counted
where within_no is distinct from expected_no
