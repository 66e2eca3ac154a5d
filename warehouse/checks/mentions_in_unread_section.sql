-- Nothing is taken from sections that are not read, such as references.
from mentions
inner join sentences using (sentence_id)
inner join sections
    on sentences.article_id = sections.article_id and sentences.section_no = sections.section_no
select mention_id, mentions.text, sections.kind
where not sections.is_read
