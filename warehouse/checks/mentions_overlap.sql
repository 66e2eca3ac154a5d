-- No two mentions share characters, unless one is within the other.

-- Those within one phrase, or within none, are compared; mentions_within_no_phrase ties them to the phrase.
with placed as (
    select
        mention_id,
        article_id,
        start_char,
        end_char,
        max(end_char) over (
            partition by article_id, within_mention_id
            order by start_char, end_char, mention_id
            rows between unbounded preceding and 1 preceding
        ) as previous_end
    from mentions
)

from placed
select mention_id, article_id, start_char, end_char, previous_end
where start_char < previous_end
