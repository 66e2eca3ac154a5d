-- Subject and object of a relation are mentions of its article.
with ends as (
    select relation_id, article_id, subject_mention_id as mention_id from relations
    union all
    select relation_id, article_id, object_mention_id from relations
)

from ends
anti join mentions using (mention_id, article_id)
