-- Subject and object of an article's relation are mentions of it.
with ends as (
    select article_relation_id, article_id, subject_mention_id as mention_id from article_relations
    union all
    select article_relation_id, article_id, object_mention_id from article_relations
)

from ends
anti join mentions using (mention_id, article_id)
