-- Every sentence belongs to a section of its article.
from sentences
anti join sections using (article_id, section_no)
select sentence_id, article_id, section_no
