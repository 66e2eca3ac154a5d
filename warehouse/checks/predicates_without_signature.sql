-- predicates and predicate_signatures name the same predicates.
with signed as (
    select distinct predicate from predicate_signatures
)

select predicates.predicate as in_predicates, signed.predicate as in_signatures
from predicates
full join signed using (predicate)
where predicates.predicate is null or signed.predicate is null
