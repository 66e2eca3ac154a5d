-- A sentence says the same of the same two mentions once.
from relations
select
    sentence_id, subject_mention_id, predicate, object_mention_id,
    list(relation_id order by relation_id) as relation_ids
group by sentence_id, subject_mention_id, predicate, object_mention_id
having count(*) > 1
