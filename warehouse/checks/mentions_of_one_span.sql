-- No two mentions cover the same characters.
from mentions
select article_id, start_char, end_char, list(mention_id order by mention_id) as mention_ids
group by article_id, start_char, end_char
having count(*) > 1
