-- The second type of a mention is an entity type and not its first.
from mentions
select mention_id, text, entity_type, also_type
where
    also_type is not null
    and (also_type = entity_type or also_type not in (select subject_type from predicate_signatures))
