-- Subject and object take part in the type of their mention, or in its second type.
with ends as (
    from relations
    select relation_id, subject_mention_id as mention_id, subject_type as part_type
    union all
    from relations
    select relation_id, object_mention_id, object_type
)

from ends
inner join mentions using (mention_id)
select relation_id, mention_id, entity_type, also_type, part_type
where part_type is distinct from entity_type and part_type is distinct from also_type
