-- A name within a phrase stands in a longer mention of its article that contains it.

-- Longer: so that no mention is, by whatever way round, within itself.
from mentions as names
left join mentions as phrases
    on
        names.within_mention_id = phrases.mention_id
        and names.article_id = phrases.article_id
        and names.start_char >= phrases.start_char
        and names.end_char <= phrases.end_char
        and names.end_char - names.start_char < phrases.end_char - phrases.start_char
select names.mention_id, names.text, names.within_mention_id
where names.within_mention_id is not null and phrases.mention_id is null
