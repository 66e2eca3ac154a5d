-- The offsets of a mention give its text.

-- The sentence is tied to the article by sentence_text_differs.
from mentions
inner join sentences using (sentence_id)
select mention_id, mentions.start_char, mentions.end_char, mentions.text
where
    mentions.start_char >= sentences.start_char
    and mentions.end_char <= sentences.end_char
    and mentions.text <> substr(
        sentences.text, mentions.start_char - sentences.start_char + 1, mentions.end_char - mentions.start_char
    )
