-- A sentence lies within its section.
from sentences
inner join sections using (article_id, section_no)
select sentence_id, sentences.start_char, sentences.end_char, sections.start_char, sections.end_char
where sentences.start_char < sections.start_char or sentences.end_char > sections.end_char
