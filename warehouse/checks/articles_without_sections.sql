-- Every article has at least one section.
from articles
anti join sections using (article_id)
select article_id, source_uri
