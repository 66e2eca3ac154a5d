-- A mention lies within its sentence.
from mentions
inner join sentences using (sentence_id)
select mention_id, mentions.start_char, mentions.end_char, sentences.start_char, sentences.end_char
where mentions.start_char < sentences.start_char or mentions.end_char > sentences.end_char
