-- A section's text begins with its heading.
from sections
inner join articles using (article_id)
select article_id, section_no, heading
where substr(articles.text, start_char + 1, length(heading)) <> heading
