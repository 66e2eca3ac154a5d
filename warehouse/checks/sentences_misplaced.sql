-- The sentences of an article count from 0 without a gap and follow one another without overlap.
with placed as (
    select
        *,
        row_number() over in_order - 1 as expected_no,
        coalesce(lag(end_char) over in_order, 0) as previous_end
    from sentences
    window in_order as (partition by article_id order by sentence_no)
)

select sentence_id, article_id, sentence_no, start_char, end_char, previous_end
from placed
where sentence_no <> expected_no or start_char < previous_end
