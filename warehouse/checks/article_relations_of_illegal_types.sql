-- The types of subject and object are among those the predicate joins; see predicate_signatures.
with typed as (
    select
        article_relations.article_relation_id,
        article_relations.predicate,
        subjects.entity_type as subject_type,
        objects.entity_type as object_type
    from article_relations
    inner join mentions as subjects on article_relations.subject_mention_id = subjects.mention_id
    inner join mentions as objects on article_relations.object_mention_id = objects.mention_id
)

from typed
anti join predicate_signatures using (predicate, subject_type, object_type)
