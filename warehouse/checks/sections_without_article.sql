-- Every section belongs to an article.
from sections
anti join articles using (article_id)
select article_id, section_no
