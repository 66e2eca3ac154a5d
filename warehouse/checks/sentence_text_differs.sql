-- The offsets of a sentence give its text.

-- The section's text is cut out first: cutting every sentence out of the whole article would walk through a long
-- article once per sentence.
with section_texts as materialized (
    select
        sections.article_id,
        sections.section_no,
        sections.start_char,
        sections.end_char,
        substr(articles.text, sections.start_char + 1, sections.end_char - sections.start_char) as text
    from sections
    inner join articles using (article_id)
)

select sentence_id, sentences.start_char, sentences.end_char, sentences.text
from sentences
inner join section_texts using (article_id, section_no)
where
    sentences.start_char >= section_texts.start_char
    and sentences.end_char <= section_texts.end_char
    and sentences.text <> substr(
        section_texts.text,
        sentences.start_char - section_texts.start_char + 1,
        sentences.end_char - sentences.start_char
    )
