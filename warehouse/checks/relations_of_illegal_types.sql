-- The types in which subject and object take part are among those the predicate joins; see predicate_signatures.
from relations
anti join predicate_signatures using (predicate, subject_type, object_type)
select relation_id, predicate, subject_type, object_type
