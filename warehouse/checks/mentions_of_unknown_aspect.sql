-- The aspect of a mention is one of aspects.
from mentions
anti join aspects using (aspect)
select mention_id, text, aspect
where aspect is not null
