-- Sections count from 0 without a gap, follow one another without overlap, and end within the text.
with placed as (
    select
        sections.*,
        length(articles.text) as text_length,
        row_number() over in_order - 1 as expected_no,
        coalesce(lag(sections.end_char) over in_order, 0) as previous_end
    from sections
    inner join articles using (article_id)
    window in_order as (partition by article_id order by sections.section_no)
)

select article_id, section_no, start_char, end_char, previous_end, text_length
from placed
where section_no <> expected_no or start_char < previous_end or end_char > text_length
