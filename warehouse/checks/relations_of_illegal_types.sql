-- The types of subject and object are among those the predicate joins; see predicate_signatures.
with typed as (
    select
        relations.relation_id,
        relations.predicate,
        subjects.entity_type as subject_type,
        objects.entity_type as object_type
    from relations
    inner join mentions as subjects on relations.subject_mention_id = subjects.mention_id
    inner join mentions as objects on relations.object_mention_id = objects.mention_id
)

from typed
anti join predicate_signatures using (predicate, subject_type, object_type)
